import { beliefs, type Classifier, columns, type Example, together, trainClassifier } from './classifier.ts';
import { withoutAddress } from './courtesies.ts';
import { type EmergencyKind, type EmergencyRules, type Signs, signsOfDanger } from './emergency.ts';
import { type Hashed, hashed, type ReadClause } from './hashed.ts';
import { type HashedTexts, hashedAt } from './hashed-texts.ts';
import type { DangerLessons } from './lessons.ts';
import { logOdds } from './logistic.ts';
import type { Normalise } from './normalise.ts';

/** What was learnt of danger. Plain data. */
export interface DangerModel {
  /** Of a clause or two by themselves. */
  readonly part: Classifier;
}

/** What is heard in a message. */
export interface Heard {
  readonly kind: EmergencyKind;
  /** `explicit` calls for help at once; `unsure` deserves the question whether somebody is in danger now. */
  readonly certainty: 'explicit' | 'unsure';
  /** How much is believed in it, in log-odds. */
  readonly belief: number;
}

const safe = 0;
const danger = 1;
const labels = ['safe', 'danger'] as const;

/** Dangers are a fraction of all lessons; each counts so much more. */
const dangerWeight = 3;
/** A clause of a long harmless text may sound like danger by itself, and says less of what harmless is than a whole one. */
const clauseWeight = 0.3;
const rounds = 5;
/** No belief is nearer to 0 or 1, to have log-odds. */
const least = 1e-6;
const leastOfKind = 1e-4;
/** Of a longer text only the clauses that sound like it most are taken for danger. */
const shortText = 45;
/** Who says it plainly, and little besides, means it. */
const fewWords = 16;
/** So much has to be believed where the words leave it open. */
const doubted = 0.5;
/** Clauses are read by themselves in what is longer than this. */
const oneClause = 24;

/**
 * How what tells of danger is weighed: the beliefs (log-odds) of the part that sounds like it most and of the whole, and what the rules saw. A
 * long text drowns what is said at its end; the longer it is than `longFrom` (logarithm), the more its part counts. Fitted by a logistic
 * regression to messages of a writer who knew neither phrasings nor rules, and to letters, chat and headlines, with the rules held where they
 * are (`alone`: who says nothing else); another writer's say how well (docs/evaluation.md).
 */
const weighing = {
  base: -3.21,
  part: 0.78,
  partOfLong: 0.64,
  whole: 0.48,
  plain: 4,
  explicit: 3,
  sought: 8,
  hinted: 0,
  unsure: 2,
  harmless: -2,
  play: -6,
  alone: 1.2,
  named: 1.5,
} as const;
const longFrom = 60;
/** … up to so long a one: what longer ones weigh was not tried. */
const longestWeighed = 300;
/** From where on somebody is called for, or asked; in a group, unasked, only what is plain is answered. */
export const thresholds = { card: 0.05, ask: -1.2, group: 2 } as const;

/** Learns to hear danger; the same lessons give the same model. `numberOf` reads a text and tells its number among `all`. */
export function trainDanger(
  { dangers, harmless }: DangerLessons,
  normalise: Normalise,
  numberOf: (text: string) => number,
  all: HashedTexts,
): DangerModel {
  // A text and its parts are numbered together: their clauses are read once then.
  const numbered = (said: string) => {
    const text = withoutAddress(normalise(said));
    return { whole: numberOf(text), parts: text.length <= shortText ? [] : partsOf(text).map(numberOf) };
  };
  const cries = dangers.map(numbered);
  const calm = harmless.map(numbered);
  const isShort = ({ parts }: { readonly parts: readonly number[] }) => parts.length === 0;
  const short = columns([
    ...cries.filter(isShort).map(({ whole }) => example(whole, danger, dangerWeight)),
    ...calm.flatMap(({ whole, parts }) =>
      parts.length === 0 ? [example(whole, safe, 1)] : parts.map((part) => example(part, safe, clauseWeight)),
    ),
  ]);
  // Which part of a long cry is the cry is found out when what is short was learnt.
  const first = trainClassifier(labels, short, all, rounds);
  const loudestOf = (parts: readonly number[]) => loudest(first, parts, (part) => hashedAt(all, part)).part;
  const long = columns(cries.filter((cry) => !isShort(cry)).map(({ parts }) => example(loudestOf(parts), danger, dangerWeight)));
  return { part: trainClassifier(labels, together(short, long), all, rounds) };
}

/** A message with simplified characters, and normalised, as typed or as it may have been meant; and what the network believes of the whole of it, where it has learnt that. */
export interface Message {
  readonly simple: string;
  readonly normal: string;
  /** Whether it tells of danger: calm talk around a word is evidence against, a second cry for it. */
  readonly danger: number;
  /** Which kind it would be. */
  readonly kinds: ReadonlyMap<string, number>;
}

/** What danger a message tells of by its words alone, for when nothing was learnt yet. @param simple the message in simplified characters */
export function dangerByRules(simple: string, rules: EmergencyRules): Heard | undefined {
  const { kind, certainty = 'harmless' } = signsOfDanger(simple, rules) ?? {};
  if (!kind || !tellsOfDanger(certainty)) return undefined;
  const isPlain = certainty !== 'unsure' && certainty !== 'hinted';
  return { kind, certainty: isPlain ? 'explicit' : 'unsure', belief: isPlain ? thresholds.card : thresholds.ask };
}

/** What danger a message tells of: enough of it to call for help, or to ask whether somebody is in danger. */
export function hearDanger(...about: Parameters<typeof weighDanger>): Heard | undefined {
  return heardFrom(thresholds.ask, ...about);
}

/**
 * How much a message tells of danger, and of which: by its words (`rules`), clause by clause and as a whole (`model`). Without a model,
 * as before it was trained, the rules decide alone. Work is linear in the length of the message.
 */
export function weighDanger(message: Message, rules: EmergencyRules, model: DangerModel | undefined, read: ReadClause): Heard | undefined {
  return heardFrom(Number.NEGATIVE_INFINITY, message, rules, model, read);
}

/** What is heard when it is believed as much as that. */
function heardFrom(
  from: number,
  { simple, normal, danger: whole, kinds }: Message,
  rules: EmergencyRules,
  model: DangerModel | undefined,
  read: ReadClause,
): Heard | undefined {
  if (!model) return dangerByRules(simple, rules);
  if (normal === '') return undefined;
  const signs = signsOfDanger(simple, rules);
  const features = (part: string) => hashed(part, read);
  const { odds } = loudest(model.part, partsOf(normal), features);
  const long = Math.max(0, Math.log(Math.min(longestWeighed, 1 + normal.length) / longFrom));
  const weighed =
    weighing.base +
    (weighing.part + weighing.partOfLong * long) * odds +
    weighing.whole * logOdds(whole, least) +
    (signs ? weighing[signs.certainty] : 0) +
    (signs?.certainty === 'explicit' && normal.length <= oneClause ? weighing.alone : 0);
  // The words of suicide are said in jest so often that what was learnt of them doubts even who says nothing else.
  const isPlain = signs?.certainty === 'plain' && normal.length <= fewWords;
  const isSought = signs?.certainty === 'sought';
  const isHinted = (signs?.certainty === 'hinted' || isSought) && normal.length <= shortText;
  // What is called out in a group is answered there; what is said in jest, of dying and of killing, is not.
  const spoken = signs?.kind.restricted ? thresholds.card : thresholds.group;
  const atLeast = isPlain ? spoken : isHinted ? thresholds.ask : Number.NEGATIVE_INFINITY;
  // What the rules only ask about is asked about, until it is believed more than barely.
  const isDoubted = (signs?.certainty === 'unsure' || signs?.certainty === 'hinted') && weighed < doubted;
  const belief = Math.max(atLeast, isDoubted ? Math.min(weighed, thresholds.card - least) : weighed);
  if (belief < from) return undefined;
  const named = signs && tellsOfDanger(signs.certainty) ? signs.kind : undefined;
  const kind = isPlain || isHinted || isSought ? named : likeliest(kinds, rules, named);
  return kind && { kind, certainty: belief >= thresholds.card ? 'explicit' : 'unsure', belief };
}

const tellsOfDanger = (certainty: Signs['certainty']) => ['plain', 'explicit', 'sought', 'hinted', 'unsure'].includes(certainty);

function example(text: number, label: number, weight: number): Example {
  return { text, label, weight };
}

/** The clauses of a text, each alone and with the one that follows it: "老李倒了" "喊不应" belong together. */
function partsOf(text: string): string[] {
  if (text.length <= oneClause) return [text];
  const clauses = text.split(/[\p{P}\p{S}\p{Z}\n]+/u).filter((clause) => clause.length > 1);
  if (clauses.length === 0) return [text];
  const pairs = clauses.slice(1).map((clause, at) => `${clauses[at]}，${clause}`);
  return [...clauses, ...pairs, ...(text.length <= shortText ? [text] : [])];
}

/** The part of which danger is believed most. There is at least one. */
function loudest<P>(classifier: Classifier, parts: readonly P[], features: (part: P) => Hashed): { part: P; odds: number } {
  const heard = parts.map((part) => ({ part, odds: oddsOf(classifier, features(part)) }));
  return heard.reduce((best, each) => (each.odds > best.odds ? each : best));
}

function oddsOf(classifier: Classifier, features: Hashed): number {
  return logOdds(beliefs(classifier, features)[danger] ?? 0, least);
}

/** The kind that is believed most, the one whose words the rules saw somewhat more. */
function likeliest(
  shares: ReadonlyMap<string, number>,
  { kinds }: EmergencyRules,
  named: EmergencyKind | undefined,
): EmergencyKind | undefined {
  const likely = kinds.map((kind) => Math.log((shares.get(kind.id) ?? 0) + leastOfKind) + (kind === named ? weighing.named : 0));
  return kinds[likely.indexOf(Math.max(...likely))];
}
