import { isGrievance } from '../../domain/understanding/lessons.ts';
import { type Measured, share } from './case.ts';

/** How much of messages that tell of several matters was heard. */
export interface MatterReport {
  readonly messages: number;
  /** The messages of which every matter was heard. */
  readonly whole: number;
  /** All matters of these messages. */
  readonly count: number;
  /** Those that were answered, taken down, acted on or offered as a choice. */
  readonly complete: number;
  /** Those, and the grievances that stand, with their words, in the case of another one that was taken down. */
  readonly kept: number;
  /** Those, and the others of which it was said plainly that they were not understood: no matter that was taken for another is among them. */
  readonly notPassedOver: number;
}

/** Over the messages whose matters are known; undefined when there are none. */
export function measureMatters(all: readonly Measured[]): MatterReport | undefined {
  const known = all.flatMap((each) => (each.matters === undefined ? [] : [heardIn(each, each.matters)]));
  if (known.length === 0) return undefined;
  const sum = (of: (each: Heard) => number) => known.reduce((total, each) => total + of(each), 0);
  const count = sum((each) => each.count);
  const shareOf = (part: number) => (count === 0 ? 0 : part / count);
  return {
    messages: known.length,
    whole: share(known, (each) => each.heard === each.count),
    count,
    complete: shareOf(sum((each) => each.heard)),
    kept: shareOf(sum((each) => each.heard + each.inCase)),
    notPassedOver: shareOf(sum((each) => each.heard + each.inCase + each.told)),
  };
}

interface Heard {
  readonly count: number;
  readonly heard: number;
  /** A grievance beside another, that was taken down with it. */
  readonly inCase: number;
  /** Not heard, but told so. */
  readonly told: number;
}

/** Where only their number is known, any matter that was read counts as one of them. What was read and is none of them was a matter taken for another. */
function heardIn({ read, choices, unheard }: Measured, matters: readonly string[] | number): Heard {
  const all = new Set([...read, ...choices]);
  const count = typeof matters === 'number' ? matters : matters.length;
  const heard = typeof matters === 'number' ? Math.min(matters, all.size) : matters.filter((topic) => all.has(topic)).length;
  const wrong = typeof matters === 'number' ? 0 : read.filter((topic) => !matters.includes(topic)).length;
  const isMissed = (topic: string) => isGrievance(topic) && !all.has(topic);
  const inCase = typeof matters === 'number' || !read.some(isGrievance) ? 0 : matters.filter(isMissed).length;
  return { count, heard, inCase, told: Math.max(0, Math.min(count - heard - inCase - wrong, unheard)) };
}
