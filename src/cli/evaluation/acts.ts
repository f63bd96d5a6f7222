import { type Measured, share } from './case.ts';

/** How well it is read what messages do. */
export interface ActReport {
  readonly count: number;
  readonly right: number;
  readonly recall: Readonly<Record<string, number>>;
  readonly misses: readonly { text: string; wanted: string; got: string }[];
}

/** Over the messages whose act is known; undefined when there are none. */
export function measureActs(all: readonly Measured[]): ActReport | undefined {
  const known = all.flatMap((each) => (each.act === undefined ? [] : [{ ...each, act: each.act }]));
  if (known.length === 0) return undefined;
  const acts = [...new Set(known.map(({ act }) => act))].sort();
  return {
    count: known.length,
    right: share(known, ({ act, saidAct }) => act === saidAct),
    recall: Object.fromEntries(
      acts.map((act) => [
        act,
        share(
          known.filter((each) => each.act === act),
          ({ saidAct }) => saidAct === act,
        ),
      ]),
    ),
    misses: known
      .filter(({ act, saidAct }) => act !== saidAct)
      .map(({ text, act, saidAct }) => ({ text, wanted: act, got: saidAct ?? '' })),
  };
}
