import { beliefs, type Classifier, type Example, trainClassifier } from './classifier.ts';
import { type EmergencyKind, type EmergencyRules, signsOfDanger } from './emergency.ts';
import { type Hashed, hashed } from './hashed.ts';
import type { Language } from './language.ts';
import type { Normalise } from './normalise.ts';

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
const labels = ['safe', 'danger'] as const;

/** Dangers are a fraction of all lessons; each counts so much more. */
const dangerWeight = 3;
/** A clause of a long harmless text may sound like danger by itself, and says less of what harmless is than a whole one. */
const clauseWeight = 0.3;
const rounds = 5;
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

/** Learns to hear danger; the same lessons give the same model. */
export function trainDanger({ dangers, harmless }: DangerLessons, normalise: Normalise, language: Language): DangerModel {
  const features = remembered((text) => hashed(text, language));
  const cries = [...dangers].flatMap(([kind, texts]) => texts.map((text) => ({ kind, text: normalise(text) })));
  const calm = harmless.map(normalise);
  const short = [
    ...cries.filter(({ text }) => text.length <= shortText).map(({ text }) => example(features(text), danger, dangerWeight)),
    ...calm.flatMap((text) =>
      text.length <= shortText ? [example(features(text), safe)] : partsOf(text).map((part) => example(features(part), safe, clauseWeight)),
    ),
  ];
  const first = trainClassifier(labels, short, rounds);
  const long = cries.filter(({ text }) => text.length > shortText).map(({ text }) => loudest(first, partsOf(text), features).part);
  const part = trainClassifier(labels, [...short, ...long.map((text) => example(features(text), danger, dangerWeight))], rounds);
  const whole = trainClassifier(
    labels,
    [...cries.map(({ text }) => example(features(text), danger, dangerWeight)), ...calm.map((text) => example(features(text), safe))],
    rounds,
  );
  const kinds = [...dangers.keys()].filter((id) => id !== '');
  const named = cries.filter(({ kind }) => kind !== '').map(({ kind, text }) => example(features(text), kinds.indexOf(kind)));
  return { part, whole, kind: trainClassifier(kinds, named, rounds) };
}

/** What danger a message tells of: enough of it to call for help, or to ask whether somebody is in danger. */
export function hearDanger(...about: Parameters<typeof weighDanger>): Heard | undefined {
  const heard = weighDanger(...about);
  return heard && heard.belief >= thresholds.ask ? heard : undefined;
}

/**
 * How much a message tells of danger, and of which: by its words (`rules`), clause by clause and as a whole (`model`). Without a model,
 * as before it was trained, the rules decide alone.
 * @param text a message as it was written; work is linear in its length
 */
export function weighDanger(
  text: string,
  rules: EmergencyRules,
  model: DangerModel | undefined,
  normalise: Normalise,
  language: Language,
): Heard | undefined {
  const signs = signsOfDanger(language.simplify(text), rules);
  if (!model) return signs && { ...signs, belief: signs.certainty === 'explicit' ? thresholds.card : thresholds.ask };
  const normal = normalise(text);
  if (normal === '') return undefined;
  const features = (part: string) => hashed(part, language);
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

/** The clauses of a text, each alone and with the one that follows it: "老李倒了" "喊不应" belong together. */
function partsOf(text: string): string[] {
  if (text.length <= oneClause) return [text];
  const clauses = text.split(/[\p{P}\p{S}\p{Z}\n]+/u).filter((clause) => clause.length > 1);
  if (clauses.length === 0) return [text];
  const pairs = clauses.slice(1).map((clause, at) => `${clauses[at]}，${clause}`);
  return [...clauses, ...pairs, ...(text.length <= shortText ? [text] : [])];
}

/** The part of which danger is believed most. */
function loudest(classifier: Classifier, parts: readonly string[], features: (part: string) => Hashed): { part: string; odds: number } {
  let best = { part: parts[0] ?? '', odds: Number.NEGATIVE_INFINITY };
  for (const part of parts) {
    const odds = oddsOf(classifier, features(part));
    if (odds > best.odds) best = { part, odds };
  }
  return best;
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

function example(features: Hashed, label: number, weight = 1): Example {
  return { features, label, weight };
}

/** Reads a text once, however often it is asked for. */
function remembered<R>(read: (text: string) => R): (text: string) => R {
  const known = new Map<string, R>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = read(text);
    known.set(text, result);
    return result;
  };
}
