import { z } from 'zod';
import { askedFor, reckonings } from '../../domain/reckoning/rule.ts';
import { bareWords, chosenOf, saysOne } from '../../domain/words/short-answer.ts';
import { actOf } from '../../domain/words/talk.ts';
import type { Question } from '../kernel/asked.ts';
import { question, settle } from '../kernel/question.ts';
import { here, type Outcome, type Turn, todayOf } from '../kernel/turn.ts';
import { localValue } from '../knowledge/answer-text.ts';
import { fact, hearingOf, type Known, known } from './known.ts';
import { factQuestions, reckoningParts } from './parts.ts';
import { offeredReckonings, reckon, reckoned, tell } from './reckon.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** What is missing to reckon something; without `what`, which of the things that can be reckoned is meant. */
    reckoning: z.infer<typeof ofReckoning>;
  }
}

const ofReckoning = z.object({ what: z.enum(reckonings).exactOptional(), known, missing: fact.exactOptional() });

type Answer = { readonly known: Known } | { readonly chosen: (typeof reckonings)[number] } | 'cancel' | 'unknown';

/** What is longer says something else. */
const longestAnswer = 15;

export const reckoning = question<'reckoning', Answer>({
  remembers: ofReckoning,
  minutes: 30,
  owed: false,
  reads(turn, asked) {
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) return { answer: 'cancel' };
    return asked.what === undefined || asked.missing === undefined ? readChoice(turn) : readFact(turn, asked);
  },
  async answers(turn, { what, known: before, missing }, answer) {
    await settle(turn);
    if (answer === 'cancel') return said(turn, turn.say('fallback.declined'));
    if (typeof answer === 'object' && 'chosen' in answer) return reckon(turn, answer.chosen, {}, turn.text);
    if (what === undefined || missing === undefined) return undefined;
    if (typeof answer === 'object') return tell(turn, what, answer.known);
    const without = { ...before, unsure: [...(before.unsure ?? []), missing] };
    if (reckoned(turn, what, without).body !== '') return tell(turn, what, without);
    return said(turn, turn.say('reckoning.cannot', { phone: localValue('office.phone', turn) }));
  },
  again: (turn, { missing }) => (missing === undefined ? '' : turn.say(factQuestions[missing].again)),
});

function readChoice(turn: Turn): { readonly answer: Answer } | 'other' {
  const offered = offeredReckonings(turn);
  const chosen = chosenOf(
    turn.text,
    offered.map(({ title }) => title),
    turn.content.shortAnswers,
  );
  if (chosen === 'none') return { answer: 'cancel' };
  const [{ topic }] = turn.understood.questions;
  const [asked] = askedFor(hearingOf(turn, turn.text, {}, todayOf(turn)).said, turn.content.reckoning);
  const rule = chosen === undefined ? (asked ?? offered.find((each) => each.topic === topic)) : offered[chosen];
  return rule ? { answer: { chosen: rule.id } } : 'other';
}

/**
 * Something new was told; or they do not know, and are asked once more unless something could be told without it; or it may be an answer,
 * and is asked for once more.
 */
function readFact(turn: Turn, { what, known: before, missing }: Question<'reckoning'>): { readonly answer: Answer } | 'other' | 'unclear' {
  if (what === undefined || missing === undefined) return 'other';
  const hearing = hearingOf(turn, turn.text, before, todayOf(turn), missing);
  const [{ decision, topic }] = turn.understood.questions;
  const { topic: own, unless } = turn.content.reckoning.rules[what];
  const elsewhere =
    decision === 'answer' && topic !== null && topic !== own && (turn.content.answers.has(topic) || turn.content.categories.has(topic));
  const heard = reckoningParts[what].hears(hearing);
  const isNew = JSON.stringify({ ...before, ...heard }) !== JSON.stringify(before);
  if (isNew && !unless.test(hearing.said) && !(elsewhere && bareWords(turn.text).length > longestAnswer))
    return { answer: { known: { ...before, ...heard } } };
  if (turn.content.reckoning.words.unsure.test(hearing.said) && bareWords(turn.text).length <= longestAnswer)
    return turn.asked?.again || reckoned(turn, what, before).body !== '' ? { answer: 'unknown' } : 'unclear';
  const clear = decision === 'answer' && topic !== null && topic !== own;
  const act = actOf(turn.content.simplify(turn.text), turn.content.talkWords);
  const courtesy = act === 'thank' || act === 'acknowledge';
  return clear || courtesy || turn.message.kind !== 'text' || bareWords(turn.text).length > longestAnswer ? 'other' : 'unclear';
}

function said(turn: Turn, text: string): Outcome {
  return { decision: 'action', topic: null, replies: [here(turn, text)] };
}
