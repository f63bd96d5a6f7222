import { beliefs, type Classifier, columns, type Example, type Examples, together, trainClassifier } from './classifier.ts';
import { type EmergencyKind, type EmergencyRules, signsOfDanger } from './emergency.ts';
import { type Hashed, hashed, type ReadClause } from './hashed.ts';
import type { Normalise } from './normalise.ts';
import { featuresAt, type Packed } from './packed.ts';

/** What danger is learnt from: how frightened people write, by kind, and what only sounds like it. */
export interface DangerLessons {
  /** By the id of their kind; phrasings whose kind is not known stand under ''. */
  readonly dangers: ReadonlyMap<string, readonly string[]>;
  readonly harmless: readonly string[];
}

/** What was learnt of danger. Plain data. */
export interface DangerModel {
  /** Of a clause or two by themselves. */
  readonly part: Classifier;
  /** Of the whole message: calm talk around a word is evidence against, a second cry for it. */
  readonly whole: Classifier;
  /** Which kind, of what is danger. */
  readonly kind: Classifier;
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
export const dangerLabels = ['safe', 'danger'] as const;

/** Dangers are a fraction of all lessons; each counts so much more. */
const dangerWeight = 3;
/** A clause of a long harmless text may sound like danger by itself, and says less of what harmless is than a whole one. */
const clauseWeight = 0.3;
export const dangerRounds = 5;
/** Of a longer text only the clauses that sound like it most are taken for danger. */
const shortText = 45;
/** Clauses are read by themselves in what is longer than this. */
const oneClause = 24;

/**
 * How the two beliefs (log-odds of the part that sounds like danger most, and of the whole) are weighed, with the length of the message
 * and what the rules saw; and from where on somebody is called for or asked. Fitted once, by a logistic regression on thirds of the
 * lessons that were held out, and set against everyday talk; `npm run evaluate` prints what they give (docs/evaluation.md).
 */
const weighing = { bias: -0.72, part: 0.27, whole: 0.53, length: 0.15, explicit: 2.8, unsure: 1.2 } as const;
export const thresholds = { card: 2.5, ask: -0.25, group: 3.5 } as const;

/** Texts by their numbers, as examples of one label each. */
interface DangerExamples {
  /** What is short, and the clauses of what is long and harmless. */
  readonly short: Examples;
  /** The parts of each long cry: which of them is the cry is found out when the rest was learnt. */
  readonly long: readonly (readonly number[])[];
  readonly whole: Examples;
  readonly named: Examples;
  readonly kinds: readonly string[];
}

/** Makes examples of the lessons; `numberOf` puts a normalised text to the others, and tells its number. */
export function dangerExamples(
  { dangers, harmless }: DangerLessons,
  normalise: Normalise,
  numberOf: (text: string) => number,
): DangerExamples {
  const cries = [...dangers].flatMap(([kind, texts]) => texts.map((text) => ({ kind, text: normalise(text) })));
  const calm = harmless.map(normalise);
  const isShort = (text: string) => text.length <= shortText;
  const shortCries = cries.filter(({ text }) => isShort(text)).map(({ text }) => example(numberOf(text), danger, dangerWeight));
  const shortCalm = calm.flatMap((text) =>
    isShort(text) ? [example(numberOf(text), safe, 1)] : partsOf(text).map((part) => example(numberOf(part), safe, clauseWeight)),
  );
  const wholeCries = cries.map(({ text }) => example(numberOf(text), danger, dangerWeight));
  const kinds = [...dangers.keys()].filter((id) => id !== '');
  const named = cries.filter(({ kind }) => kind !== '').map(({ kind, text }) => example(numberOf(text), kinds.indexOf(kind), 1));
  return {
    short: columns([...shortCries, ...shortCalm]),
    long: cries.filter(({ text }) => !isShort(text)).map(({ text }) => partsOf(text).map(numberOf)),
    whole: columns([...wholeCries, ...calm.map((text) => example(numberOf(text), safe, 1))]),
    named: columns(named),
    kinds,
  };
}

/** Learns what a clause or two in danger sound like: first from what is short, then also from the loudest part of each long cry. */
export function trainDangerPart({ short, long }: Pick<DangerExamples, 'short' | 'long'>, all: Packed): Classifier {
  const first = trainClassifier(dangerLabels, short, all, dangerRounds);
  const loudestOf = (parts: readonly number[]) => loudest(first, parts, (text) => featuresAt(all, text)).part;
  const cries = columns(long.map((parts) => example(loudestOf(parts), danger, dangerWeight)));
  return trainClassifier(dangerLabels, together(short, cries), all, dangerRounds);
}

/** A message with simplified characters, and normalised. */
export interface Message {
  readonly simple: string;
  readonly normal: string;
}

/** What danger a message tells of by its words alone, for when nothing was learnt yet. @param simple the message in simplified characters */
export function dangerByRules(simple: string, rules: EmergencyRules): Heard | undefined {
  const signs = signsOfDanger(simple, rules);
  return signs && { ...signs, belief: signs.certainty === 'explicit' ? thresholds.card : thresholds.ask };
}

/** What danger a message tells of: enough of it to call for help, or to ask whether somebody is in danger. */
export function hearDanger(...about: Parameters<typeof weighDanger>): Heard | undefined {
  const heard = weighDanger(...about);
  return heard && heard.belief >= thresholds.ask ? heard : undefined;
}

/**
 * How much a message tells of danger, and of which: by its words (`rules`), clause by clause and as a whole (`model`). Without a model, as before it was
 * trained, the rules decide alone. Work is linear in the length of the message.
 */
export function weighDanger(
  { simple, normal }: Message,
  rules: EmergencyRules,
  model: DangerModel | undefined,
  read: ReadClause,
): Heard | undefined {
  if (!model) return dangerByRules(simple, rules);
  if (normal === '') return undefined;
  const signs = signsOfDanger(simple, rules);
  const features = (part: string) => hashed(part, read);
  const { part, odds } = loudest(model.part, partsOf(normal), features);
  const belief =
    weighing.bias +
    weighing.part * odds +
    weighing.whole * oddsOf(model.whole, features(normal)) +
    weighing.length * Math.log(1 + normal.length) +
    (signs ? weighing[signs.certainty] : 0);
  const kind = signs?.kind ?? likeliest(model.kind, features(part), rules);
  return kind && { kind, certainty: belief >= thresholds.card ? 'explicit' : 'unsure', belief };
}

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
  const share = beliefs(classifier, features)[danger] ?? 0;
  return Math.log((share + 1e-6) / (1 - share + 1e-6));
}

function likeliest(classifier: Classifier, features: Hashed, { kinds }: EmergencyRules): EmergencyKind | undefined {
  const shares = beliefs(classifier, features);
  const id = classifier.labels[shares.indexOf(Math.max(...shares))];
  return kinds.find((kind) => kind.id === id) ?? kinds.at(-1);
}
