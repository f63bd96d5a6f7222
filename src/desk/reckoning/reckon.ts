import { askedFor, mayTell, type ReckoningId, type ReckoningRule, reckonings } from '../../domain/reckoning/rule.ts';
import type { Facet } from '../../domain/understanding/result.ts';
import { spoken } from '../../domain/words/talk.ts';
import { ask } from '../kernel/question.ts';
import { type Handler, here, isTalkedAbout, type Outcome, type Turn, talkAbout, todayOf } from '../kernel/turn.ts';
import { sourceLine } from '../knowledge/answer-source.ts';
import { hearingOf, type Known, type Reckoned } from './known.ts';
import { decides, factQuestions, reckoningParts } from './parts.ts';

/** Sides of a topic under which somebody may ask for what is reckoned. */
const reckonedSides: readonly Facet[] = ['time', 'amount', 'conditions'];

/**
 * Reckons what a message asks to have reckoned of somebody's own case: "我78年的女的哪年退", "干了6年赔几个月"; or what it tells while the
 * topic is being talked about. Whoever asks for the rule only is answered as before. Several questions at once are taken apart first.
 */
export const reckonOwn: Handler = async (turn) => {
  if ((turn.room && !turn.message.addressed) || turn.understood.questions.length > 1) return undefined;
  const rule = ownCase(turn, turn.text) ?? goesOn(turn);
  return rule && reckon(turn, rule.id, {}, turn.text);
};

/** The same for one question of several, or one whose topic was understood. */
export async function reckonOf(turn: Turn, topic: string, facet: Facet | null, text: string): Promise<Outcome | undefined> {
  if ((turn.room && !turn.message.addressed) || (facet !== null && !reckonedSides.includes(facet))) return undefined;
  const shaped = ownCase(turn, text);
  const rule =
    shaped?.topic === topic
      ? shaped
      : ofTopic(turn, topic, text, ({ byTopic }) => byTopic !== undefined && (facet === null || byTopic.includes(facet)));
  return rule && reckon(turn, rule.id, {}, text);
}

/** What it is asked to reckon outright ("帮我算退休"), whether or not anything was told yet; a list where it does not say what. */
export async function reckonAnything(turn: Turn, text: string): Promise<Outcome> {
  const [asked] = askedFor(saidIn(turn, text), turn.content.reckoning).filter((each) => isReckoned(turn, each));
  const rule = asked ?? offeredReckonings(turn).find((each) => tellsEnough(turn, each, text));
  const outcome = rule && !turn.room ? await reckon(turn, rule.id, {}, text) : undefined;
  return outcome ?? offerReckonings(turn);
}

/** Lists what can be reckoned, and asks which. */
async function offerReckonings(turn: Turn): Promise<Outcome> {
  const titles = offeredReckonings(turn).map(({ title }) => title);
  const lines = titles.map((title, index) => turn.say('choice.line', { number: index + 1, title }));
  if (!turn.room) await ask(turn, { kind: 'reckoning', known: {} });
  const text = turn.room
    ? turn.say('reckoning.inRoom', { titles: titles.join(turn.say('list.separator')) })
    : turn.say('reckoning.which', { lines: lines.join('\n') });
  return { decision: 'action', topic: 'action.calculate', replies: [here(turn, text)] };
}

/** What can be reckoned on this day. */
export function offeredReckonings(turn: Turn): ReckoningRule[] {
  return reckonings.map((id) => turn.content.reckoning.rules[id]).filter((rule) => isReckoned(turn, rule));
}

/**
 * Tells what can be told of a case, with the steps, what it rests on and who decides, and asks for what is missing. In a group nobody is
 * asked for what is their own: undefined where nothing can be told yet.
 */
export async function reckon(turn: Turn, id: ReckoningId, before: Known, text: string): Promise<Outcome | undefined> {
  const part = reckoningParts[id];
  const hearing = hearingOf(turn, text, before, todayOf(turn));
  if (part.passes?.(hearing)) return undefined;
  return tell(turn, id, { ...before, ...part.hears(hearing) });
}

/** What can be said of a case as far as it is known. */
export function reckoned(turn: Turn, id: ReckoningId, known: Known): Reckoned {
  return reckoningParts[id].tells(known, { say: turn.say, today: todayOf(turn), content: turn.content.reckoning });
}

/** Tells a case as far as it is known. */
export async function tell(turn: Turn, id: ReckoningId, known: Known): Promise<Outcome | undefined> {
  const rule = turn.content.reckoning.rules[id];
  const { body, asks, decides: who = decides[id] } = reckoned(turn, id, known);
  if (turn.room && body === '') return undefined;
  if (asks !== undefined && !turn.room) await ask(turn, { kind: 'reckoning', what: id, known, missing: asks });
  const question = asks === undefined ? '' : turn.room ? turn.say('reckoning.privately') : turn.say(factQuestions[asks].ask);
  const statement = {
    text: body,
    evidence: rule.law ? ('law' as const) : ('official' as const),
    ...(rule.law ? { law: rule.law } : {}),
    ...(rule.from ? { from: rule.from } : {}),
  };
  const { conversation } = turn;
  const told = conversation.topic === rule.topic && isTalkedAbout(conversation, turn.now) ? (conversation.told ?? []) : [];
  const source = body === '' ? { text: '', told: [] } : sourceLine([statement], rule, { ...turn, told });
  const begin = Object.keys(known).length === 0 ? turn.say('reckoning.begin', { title: rule.title, ask: question }) : question;
  const said = body === '' ? begin : turn.say('reckoning.said', { body, source: source.text, decides: turn.say(who), ask: question });
  talkAbout(turn, rule.topic, [...new Set([...told, ...source.told])]);
  return { decision: 'answer', topic: rule.topic, facet: null, replies: [here(turn, said)] };
}

/** What a message asks to have reckoned of somebody's own. */
function ownCase(turn: Turn, text: string): ReckoningRule | undefined {
  const said = saidIn(turn, text);
  const { own, reckon: asksToReckon } = turn.content.reckoning.words;
  const isOwn = (rule: ReckoningRule) => (own.test(said) && !rule.factsOnly) || asksToReckon.test(said) || isTold(turn, rule, text);
  return askedFor(said, turn.content.reckoning).find((rule) => isReckoned(turn, rule) && isOwn(rule));
}

/** What the talk is about, when somebody tells of their own case and of nothing else. */
function goesOn(turn: Turn): ReckoningRule | undefined {
  const { conversation, understood } = turn;
  const [{ decision, topic, facet }] = understood.questions;
  if (conversation.topic === undefined || !isTalkedAbout(conversation, turn.now)) return undefined;
  if (decision === 'answer' && topic !== null && topic !== conversation.topic && topic !== 'action.calculate') return undefined;
  return ofTopic(turn, conversation.topic, turn.text, ({ byTopic = reckonedSides }) => facet === null || byTopic.includes(facet));
}

/** What is reckoned under a topic, of the rules that may be, where enough was told. */
function ofTopic(turn: Turn, topic: string, text: string, maybe: (rule: ReckoningRule) => boolean): ReckoningRule | undefined {
  const said = saidIn(turn, text);
  const fits = (rule: ReckoningRule) => rule.topic === topic && maybe(rule) && mayTell(said, rule, turn.content.reckoning);
  return offeredReckonings(turn).find((rule) => fits(rule) && isTold(turn, rule, text));
}

/** So much was told that only one thing can be meant: a birth and a sex, a time and a pay. */
function tellsEnough(turn: Turn, { id }: ReckoningRule, text: string): boolean {
  const heard = reckoningParts[id].hears(hearingOf(turn, text, {}, todayOf(turn)));
  return reckoningParts[id].isTold(heard) && Object.keys(heard).length >= 2;
}

function isTold(turn: Turn, rule: ReckoningRule, text: string): boolean {
  const part = reckoningParts[rule.id];
  return part.isTold(part.hears(hearingOf(turn, text, {}, todayOf(turn))));
}

/** Past its review date nothing is reckoned: the rule may have changed. */
function isReckoned(turn: Turn, { reviewBy }: ReckoningRule): boolean {
  return todayOf(turn) <= reviewBy;
}

function saidIn(turn: Turn, text: string): string {
  return spoken(turn.content.simplify(text));
}
