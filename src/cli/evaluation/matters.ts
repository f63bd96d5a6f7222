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
}

/** Over the messages whose matters are known; undefined when there are none. */
export function measureMatters(all: readonly Measured[]): MatterReport | undefined {
  const known = all.flatMap((each) => (each.matters === undefined ? [] : [heardIn(each, each.matters)]));
  if (known.length === 0) return undefined;
  const sum = (of: (each: { count: number; heard: number }) => number) => known.reduce((total, each) => total + of(each), 0);
  const count = sum((each) => each.count);
  return {
    messages: known.length,
    whole: share(known, (each) => each.heard === each.count),
    count,
    complete: count === 0 ? 0 : sum((each) => each.heard) / count,
  };
}

/** Where only their number is known, any matter that was read counts as one of them. */
function heardIn({ read, choices }: Measured, matters: readonly string[] | number): { count: number; heard: number } {
  const heard = new Set([...read, ...choices]);
  if (typeof matters === 'number') return { count: matters, heard: Math.min(matters, heard.size) };
  return { count: matters.length, heard: matters.filter((topic) => heard.has(topic)).length };
}
