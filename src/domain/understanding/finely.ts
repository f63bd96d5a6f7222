import type { ActBeliefs } from './acts.ts';
import { grievance } from './fitting.ts';
import { isGrievance } from './lessons.ts';
import type { Question } from './result.ts';
import { hasAskingForm, piecesOf } from './take-apart.ts';

/** A part of a message as it was read by itself. */
export interface ReadPart extends Question {
  readonly confidence: number;
  readonly act: ActBeliefs | null;
}

/** Longer messages (characters) tell one story in many clauses: they are taken apart at ends of sentences only. */
export const readFinely = 100;
/** So many pieces are one matter at most. */
const widest = 5;
/** What a cut must gain over none. */
const costOfCut = 0.4;
/** From here on a part surely tells or wants something, and surely asks something. */
const surelyTells = 0.8;
const probablyAsks = 0.5;
const surelyAsks = 0.7;
/** So sure it must be of what a piece complains: a story of one grievance names much that might be another. */
const clearlyGrievance = 0.8;
/** Fewer characters are half of something. */
const least = 6;

/** Said beside a matter these are no matter of their own; nor is what nobody could name. */
const beside = new Set(['action.greeting', 'action.thanks', 'action.menu', 'action.about-bot', 'action.emergency', 'appeal.other']);

/** Whether a part does by itself what its topic is for: it tells of a grievance, wants an action, or asks. */
export function doesItself({ topic, text, act }: ReadPart): boolean {
  if (!act || topic === null || beside.has(topic)) return false;
  if (isGrievance(topic)) return grievance(act) >= surelyTells && text.length >= least;
  const asks = act.question + act['ask-when'];
  if (/^(?:action|news)\./.test(topic)) return grievance(act) + asks + act.call + act.cancel + act.add + act.person >= surelyTells;
  return hasAskingForm(text) && asks >= probablyAsks;
}

/** Whether a part surely asks something that is not understood. */
export function asksUnheard({ decision, text, act }: ReadPart): boolean {
  return decision !== 'answer' && text.length >= least && hasAskingForm(text) && (act?.question ?? 0) >= surelyAsks;
}

/** The best way to cut the pieces before one: how much is gained, where its last matter begins, and what that is. */
interface Cut {
  readonly gain: number;
  readonly from: number;
  readonly topic: string | null;
}

/**
 * The matters that a part tells of, as written, where each is surely one by itself and neighbours differ; else the part alone. What belongs
 * to none stays with the one before. @param surely from which confidence on a piece is sure
 */
export function finely(part: string, read: (text: string) => ReadPart, surely: number): string[] {
  const pieces = piecesOf(part);
  if (pieces.length < 2) return [part];
  const cuts: Cut[] = [{ gain: 0, from: 0, topic: null }];
  for (let to = 1; to <= pieces.length; to++) {
    let best: Cut = { gain: cuts[to - 1]?.gain ?? 0, from: to - 1, topic: null };
    for (let from = Math.max(0, to - widest); from < to; from++) {
      const heard = read(pieces.slice(from, to).join(''));
      const gain = (cuts[from]?.gain ?? 0) + heard.confidence - costOfCut;
      const sure = heard.confidence >= (isGrievance(heard.topic ?? '') ? clearlyGrievance : surely);
      if (sure && gain > best.gain && doesItself(heard)) best = { gain, from, topic: heard.topic };
    }
    cuts.push(best);
  }
  const matters = joinedAlike(pieces, cuts);
  return new Set(matters.map(({ topic }) => topic)).size >= 2 ? matters.map(({ text }) => text) : [part];
}

/** The matters of the best cut, read from its end: those of one topic together, what is none with the one before (the first: behind). */
function joinedAlike(pieces: readonly string[], cuts: readonly Cut[]): { text: string; topic: string | null }[] {
  const matters: { text: string; topic: string | null }[] = [];
  let loose = '';
  for (let to = pieces.length; to > 0; to = cuts[to]?.from ?? 0) {
    const { from, topic } = cuts[to] ?? { from: 0, topic: null };
    const text = pieces.slice(from, to).join('') + loose;
    const [next] = matters;
    loose = topic === null ? text : '';
    if (topic === null) continue;
    if (next?.topic === topic) next.text = text + next.text;
    else matters.unshift({ text, topic });
  }
  const [first] = matters;
  if (first) first.text = loose + first.text;
  return matters;
}
