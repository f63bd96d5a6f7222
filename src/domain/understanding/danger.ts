import { beliefs, type Classifier, columns, type Example, together, trainClassifier } from './classifier.ts';
import { type EmergencyKind, type EmergencyRules, type Signs, signsOfDanger } from './emergency.ts';
import { type Hashed, hashed, type ReadClause } from './hashed.ts';
import { type HashedTexts, hashedAt } from './hashed-texts.ts';
import type { Normalise } from './normalise.ts';
import { windowsOf } from './windows.ts';

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
  /** Of what is said in one breath: a short message, or a window of a long one. */
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

/** A clause of a long harmless text may sound like danger by itself, and says less of what harmless is than a whole window. */
const partWeight = 0.3;
const rounds = 5;
/** Clauses are read by themselves in what is longer than this. */
const oneClause = 24;

/**
 * How the two beliefs (log-odds of the part that sounds like danger most, and of the whole window) are weighed, with the length of the window
 * and what the rules saw in it. Fitted once, by a logistic regression on fifths of the lessons that were held out.
 */
const weighing = { bias: -0.9, part: 0.31, whole: 0.48, length: 0.53, explicit: 1.35, unsure: 0.7, harmless: -1.1 } as const;
/**
 * What is asked more of the loudest of several windows: the more there are, the likelier one sounds like danger by chance, and where many are
 * about as loud a story is told that went on for years. Somebody's cry inside a calm letter stands alone.
 */
const ofSeveral = { each: 0.35, loud: 0.6 } as const;
/** So loud, and so near the loudest, a window counts among the loud ones. */
const loudFrom = { belief: -1, below: 3 } as const;
/** From where on somebody is called for or asked, set against everyday talk and letters. `npm run evaluate` prints what they give (docs/evaluation.md). */
export const thresholds = { card: 2, ask: 0, group: 2.6 } as const;
/**
 * What a short message names plainly gets its card from here on, and what its words hint at is asked about: by the rules alone nearly all that
 * is between these and the thresholds is danger.
 */
const byWords = { card: 0.4, explicit: -1, unsure: -2.2 } as const;

/** A window and its parts, by the numbers of their texts. */
interface Numbered {
  readonly whole: number;
  readonly parts: readonly number[];
}

/** Learns to hear danger; the same lessons give the same model. `numberOf` reads a text and tells its number among `all`. */
export function trainDanger(
  { dangers, harmless }: DangerLessons,
  normalise: Normalise,
  numberOf: (text: string) => number,
  all: HashedTexts,
): DangerModel {
  // A window and its parts are numbered together: their clauses are read once then.
  const numbered = (said: string): Numbered[] =>
    windowsOf(said)
      .map(normalise)
      .filter((window) => window !== '')
      .map((window) => ({ whole: numberOf(window), parts: partsOf(window).map(numberOf) }));
  const cries = [...dangers].flatMap(([kind, texts]) => texts.map((text) => ({ kind, windows: numbered(text) })));
  const calm = harmless.map(numbered);
  const short = cries.flatMap(({ windows }) => (windows.length === 1 ? windows : []));
  const wholes = columns([
    ...short.map(({ whole }) => example(whole, danger, 1)),
    ...calm.flatMap((windows) => windows.map(({ whole }) => example(whole, safe, 1))),
  ]);
  const parts = columns([
    ...short.map(({ whole }) => example(whole, danger, 1)),
    ...calm.flatMap((windows) =>
      windows.length === 1
        ? windows.map(({ whole }) => example(whole, safe, 1))
        : [...new Set(windows.flatMap((window) => window.parts))].map((part) => example(part, safe, partWeight)),
    ),
  ]);
  // Where in a long cry the cry is, is found out when what is short was learnt.
  const first = { whole: trainClassifier(labels, wholes, all, rounds), part: trainClassifier(labels, parts, all, rounds) };
  const oddsIn = (classifier: Classifier) => (text: number) => oddsOf(classifier, hashedAt(all, text));
  const cryOf = (windows: readonly Numbered[]) =>
    loudestOf(
      windows.map(({ whole, parts }) => {
        const part = loudestOf(parts, oddsIn(first.part));
        return { whole, part: part.of, odds: oddsIn(first.whole)(whole) + part.odds / 2 };
      }),
      ({ odds }) => odds,
    ).of;
  const long = cries.flatMap(({ windows }) => (windows.length > 1 ? [cryOf(windows)] : []));
  const kinds = [...dangers.keys()].filter((id) => id !== '');
  const named = cries.filter(({ kind }) => kind !== '');
  const cry = (text: number) => example(text, danger, 1);
  return {
    part: trainClassifier(labels, together(parts, columns(long.map(({ part }) => cry(part)))), all, rounds),
    whole: trainClassifier(labels, together(wholes, columns(long.map(({ whole }) => cry(whole)))), all, rounds),
    kind: trainClassifier(
      kinds,
      columns(named.flatMap(({ kind, windows }) => windows.map(({ whole }) => example(whole, kinds.indexOf(kind), 1 / windows.length)))),
      all,
      rounds,
    ),
  };
}

/** How a message is read. */
export interface Hearing {
  /** Traditional characters as simplified ones. */
  readonly simplify: (text: string) => string;
  readonly normalise: Normalise;
  readonly read: ReadClause;
  readonly rules: EmergencyRules;
  /** Undefined before anything was learnt: the rules decide alone. */
  readonly model: DangerModel | undefined;
}

/** What danger a message tells of by its words alone, for when nothing was learnt yet. @param simple the message in simplified characters */
export function dangerByRules(simple: string, rules: EmergencyRules): Heard | undefined {
  const { kind, certainty = 'harmless' } = signsOfDanger(simple, rules) ?? {};
  if (!kind || certainty === 'harmless') return undefined;
  return { kind, certainty, belief: certainty === 'explicit' ? thresholds.card : thresholds.ask };
}

/** What danger a message tells of: enough of it to call for help, or to ask whether somebody is in danger. */
export function hearDanger(said: string, hearing: Hearing): Heard | undefined {
  const heard = weighDanger(said, hearing);
  return heard && heard.belief >= thresholds.ask ? heard : undefined;
}

/**
 * How much a message tells of danger, and of which: that of its windows that tells of it most, by its words (`rules`), clause by clause and
 * as a whole (`model`). A long calm letter around it raises what is asked of it by a little, and drowns nothing. Work is linear in
 * the length of the message.
 */
export function weighDanger(said: string, { simplify, normalise, read, rules, model }: Hearing): Heard | undefined {
  if (!model) return dangerByRules(simplify(said), rules);
  // What is said again and again is read once.
  const windows = [...new Set(windowsOf(said))]
    .map((text) => ({ text, normal: normalise(text) }))
    .filter(({ normal }) => normal !== '')
    .map(({ text, normal }) => ({ text, ...learntOf(normal, model, (part) => hashed(part, read)) }))
    .sort((a, b) => b.belief - a.belief);
  const loudest = mostBelieved(windows, (text) => signsOfDanger(simplify(text), rules));
  if (!loudest) return undefined;
  const belief =
    windows.length === 1 ? heeding(loudest.certainty, loudest.belief) : loudest.belief - amongOthers(windows.map((each) => each.belief));
  const kind = loudest.named ?? likeliest(model.kind, loudest.part, rules);
  return kind && { kind, certainty: belief >= thresholds.card ? 'explicit' : 'unsure', belief };
}

/** A window, how much is believed in it, and the part of it that sounds like danger most. */
interface Window {
  readonly text: string;
  readonly belief: number;
  readonly part: Hashed;
}

/** What was learnt tells of one window. */
function learntOf(normal: string, { part, whole }: DangerModel, features: (part: string) => Hashed) {
  const loud = loudestOf(partsOf(normal).map(features), (each) => oddsOf(part, each));
  const belief =
    weighing.bias +
    weighing.part * loud.odds +
    weighing.whole * oddsOf(whole, features(normal)) +
    weighing.length * Math.log(1 + normal.length);
  return { belief, part: loud.of };
}

/**
 * The window that is believed most when its words were weighed, too, and the kind that they name. The rules cost more time than all else: they
 * are asked only of those that may yet be the one.
 * @param windows the loudest first
 */
function mostBelieved(windows: readonly Window[], signsOf: (text: string) => Signs | undefined) {
  let best: (Window & { readonly certainty: Signs['certainty'] | undefined; readonly named: EmergencyKind | undefined }) | undefined;
  for (const window of windows.slice(0, mostAsked)) {
    if (best && window.belief + weighing.explicit <= best.belief) break;
    const { certainty, kind } = signsOf(window.text) ?? {};
    const belief = window.belief + (certainty ? weighing[certainty] : 0);
    if (!best || belief > best.belief) best = { ...window, belief, certainty, named: certainty === 'harmless' ? undefined : kind };
  }
  return best;
}

/** So many windows are looked at by the rules, at most. */
const mostAsked = 40;

/** Words that name danger plainly are heeded where what was learnt does not speak clearly against them. */
function heeding(certainty: Signs['certainty'] | undefined, belief: number): number {
  if (certainty === 'explicit' && belief >= byWords.card) return Math.max(belief, thresholds.card);
  return certainty && certainty !== 'harmless' && belief >= byWords[certainty] ? Math.max(belief, thresholds.ask) : belief;
}

/** How much less the loudest of several windows is believed. @param beliefs in each, the highest first */
function amongOthers(beliefs: readonly number[]): number {
  if (beliefs.length === 1) return 0;
  const least = Math.max(loudFrom.belief, (beliefs[0] ?? 0) - loudFrom.below);
  const loud = beliefs.filter((belief) => belief > least).length;
  return ofSeveral.each * Math.log(beliefs.length) + ofSeveral.loud * Math.log(Math.max(1, loud));
}

function example(text: number, label: number, weight: number): Example {
  return { text, label, weight };
}

/** The clauses of a text, each alone and with the one that follows it: "老李倒了" "喊不应" belong together. */
function partsOf(text: string): string[] {
  if (text.length <= oneClause) return [text];
  const clauses = text.split(/[\p{P}\p{S}\p{Z}\n]+/u).filter((clause) => clause.length > 1);
  if (clauses.length === 0) return [text];
  return [...clauses, ...clauses.slice(1).map((clause, at) => `${clauses[at]}，${clause}`)];
}

/** That of which danger is believed most. There is at least one. */
function loudestOf<T>(all: readonly T[], oddsOf: (each: T) => number): { of: T; odds: number } {
  return all.map((of) => ({ of, odds: oddsOf(of) })).reduce((best, each) => (each.odds > best.odds ? each : best));
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
