import { type Digest, leadsTo, leafOf, type Path, type Sum } from './sum-tree.ts';

/** The trees of a day: cases; cases about the staff themselves, which only directors see; alarms, of which only the hash is told. */
export const treeNames = ['open', 'discreet', 'alarms'] as const;
export type TreeName = (typeof treeNames)[number];

/** What is published of a day. Times are ISO strings. */
export interface Day {
  /** yyyy-MM-dd in Shanghai. */
  readonly id: string;
  /** When it was sealed, and the period of which the counts are. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  /** The seal of the day before that was sealed; '' of the first one. */
  readonly before: string;
  readonly open: Sum;
  readonly discreet: Sum;
  readonly alarms: Pick<Sum, 'hash'>;
  /** A digest over all of this: the root of the day. */
  readonly seal: string;
}

const dayMark = '\u0002';
const stepMark = '\u0003';

/** The seal of a day. It holds that of the day before: who changes a past day has to change every later one, also those in print. */
export function sealOf(digest: Digest, { id, at, from, to, before, open, discreet, alarms }: Omit<Day, 'seal'>): string {
  return digest(dayMark + JSON.stringify([id, at, from, to, before, open.hash, open.counts, discreet.hash, discreet.counts, alarms.hash]));
}

/** A seal as people compare it: 128 of its bits, four characters at a time. */
export function shownSeal(seal: string): string {
  return (seal.slice(0, 32).match(/.{4}/g) ?? []).join(' ');
}

/** A step of a case, as it is hashed. Who took it stays out: people are forgotten, and found to be one. */
interface Step {
  readonly at: string;
  readonly move: string;
  readonly to?: string;
  readonly text?: string;
}

/** A digest over the steps of a case, each over the one before it: it tells whether the same steps still stand at the beginning. */
export function stepsDigest(digest: Digest, steps: readonly Step[]): string {
  return steps.reduce(
    (before, { at, move, to, text }) => digest(stepMark + JSON.stringify([before, at, move, to ?? null, text ?? null])),
    '',
  );
}

/** What shows that a case was in the figures of a day as it says. All of it may be handed on by whoever's case it is. */
export interface Proof extends Path {
  readonly tree: Exclude<TreeName, 'alarms'>;
  /** What was true of the case, as JSON, and its secret. */
  readonly text: string;
  readonly salt: string;
  readonly counts: readonly number[];
  readonly day: Day;
}

/** What does not fit in a proof: the case to its tree, or the tree to the seal of the day; undefined when all fits. */
export function misfit(digest: Digest, { tree, text, salt, counts, day, ...path }: Proof): 'tree' | 'seal' | undefined {
  if (!leadsTo(digest, leafOf(digest, text, salt, counts), path, day[tree])) return 'tree';
  return sealOf(digest, day) === day.seal ? undefined : 'seal';
}
