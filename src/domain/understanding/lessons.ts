import { type Act, type ActLessons, acts } from './acts.ts';
import type { FacetCues } from './facet-cues.ts';
import type { Lexicon } from './normalise.ts';
import type { Facet } from './result.ts';

/** What the engine learns from. */
export interface Lessons {
  readonly intents: readonly {
    readonly id: string;
    readonly utterances: readonly string[];
    readonly facets: Partial<Record<Facet, readonly string[]>>;
  }[];
  readonly background: readonly string[];
  /** How people in danger write, by kind; under `none` what only sounds like danger. */
  readonly dangers: Readonly<Record<string, readonly string[]>>;
  /** What messages do, by act. */
  readonly acts: Readonly<Record<string, readonly string[]>>;
  readonly facetCues: FacetCues;
  readonly lexicon: Lexicon & { readonly words: readonly string[] };
}

/** What danger is learnt from: how frightened people write, and what only sounds like it. */
export interface DangerLessons {
  readonly dangers: readonly string[];
  readonly harmless: readonly string[];
}

/** What is danger, and what is none: what only sounds like it, and every phrasing of other topics. Undefined where nothing tells of danger. */
export function dangerLessons({ intents, background, dangers, acts: said }: Lessons): DangerLessons | undefined {
  const { none = [], ...kinds } = dangers;
  const unnamed = intents.find(({ id }) => id === emergencyTopic)?.utterances ?? [];
  const cries = Object.values(kinds).flat();
  if (cries.length === 0) return undefined;
  const others = intents.filter(({ id }) => id !== emergencyTopic).flatMap(({ utterances }) => utterances);
  const calm = calmActs.flatMap((act) => said[act] ?? []);
  return { dangers: [...cries, ...unnamed], harmless: [...none, ...background, ...others, ...calm] };
}

/** What is added to a matter, or answers a question of ours, may well tell of danger ("没动静了"). */
const calmActs = [
  'question',
  'wish',
  'thank',
  'acknowledge',
  'ask-when',
  'complain-waiting',
  'person',
  'call',
  'cancel',
  'chat',
  'correct',
] as const;

/** A text whose topic is not told, but whether it tells of danger, and of which, or what it does. */
export interface ToldApart {
  readonly text: string;
  readonly danger?: boolean;
  readonly kind?: string;
  readonly act?: Act;
}

/** How people in danger write, what only sounds like it, and what messages do. */
export function toldApart({ dangers, acts: said }: Lessons): ToldApart[] {
  const { none = [], ...kinds } = dangers;
  const calm: readonly Act[] = calmActs;
  return [
    ...Object.entries(kinds).flatMap(([kind, texts]) => texts.map((text) => ({ text, danger: true, kind }))),
    ...none.map((text) => ({ text, danger: false })),
    ...acts.flatMap((act) => (said[act] ?? []).map((text) => ({ text, act, ...(calm.includes(act) ? { danger: false } : {}) }))),
  ];
}

/** What is done with phrasings of a topic; '' is the background. Undefined: they may do anything. */
export function actOfTopic(topic: string): Act | undefined {
  if (topic === '') return 'chat';
  if (topic === 'appeal.suggestion') return 'wish';
  if (isGrievance(topic)) return 'report';
  return isAction(topic) ? undefined : 'question';
}

/** Phrasings of topics are examples of what is done with them, too; they count less than those written as examples. */
const topicWeight = 0.5;
const grievanceWeight = 0.5;
const backgroundWeight = 0.5;

/** What tells of acts: phrasings by act, those of topics among them. */
export function actLessons({ intents, background, acts: said }: Lessons): ActLessons {
  if (Object.keys(said).length === 0) return [];
  const named = acts.map((act) => ({ act, texts: said[act] ?? [], weight: 1 }));
  const ofTopics = intents.flatMap(({ id, utterances }): ActLessons => {
    if (id === 'appeal.suggestion') return [{ act: 'wish', texts: utterances, weight: grievanceWeight }];
    if (isGrievance(id)) return [{ act: 'report', texts: utterances, weight: grievanceWeight }];
    if (id.startsWith('action.') || id === 'news.subscribe' || id === 'news.unsubscribe') return [];
    return [{ act: 'question', texts: utterances, weight: topicWeight }];
  });
  return [...named, ...ofTopics, { act: 'chat', texts: background, weight: backgroundWeight }];
}

/** Whether a topic is a category of appeals. */
export function isGrievance(topic: string): boolean {
  return topic.startsWith('appeal.');
}

/** Whether a topic is something that the bot shall do. */
export function isAction(topic: string): boolean {
  return topic.startsWith('action.') || topic.startsWith('news.');
}

/** The topic under which people in danger are heard who name no kind of it. */
export const emergencyTopic = 'action.emergency';
