import { type AppealKind, type AppealState, isCounted, isJudged } from './appeal.ts';

/** A share that always tells what it is a share of. */
export interface Rate {
  readonly of: number;
  readonly count: number;
}

/** The three rates (三率) of a period, and how many had no rating. */
export interface Rates {
  /** 响应率: first human word in time, of those whose first word was due in the period. */
  readonly response: Rate;
  /** 解决率: 解决了, of those rated in the period; 部分解决 is shown beside it. */
  readonly solved: Rate;
  readonly partly: number;
  /** 满意率: 满意 and 基本满意, of those who said how content they are. */
  readonly satisfied: Rate;
  /** Done in the period and not rated, praise aside: nobody is asked whether that is solved. */
  readonly unrated: number;
}

/** What is counted of an appeal. Times are ISO strings. */
export interface Counted {
  readonly kind?: AppealKind;
  readonly state: AppealState;
  readonly firstWordBy?: string;
  readonly firstWordAt?: string;
  readonly resolvedAt?: string;
  readonly round: number;
  readonly ratings: readonly {
    readonly round: number;
    readonly solved: 'yes' | 'partly' | 'no' | 'dropped';
    readonly satisfied?: 'yes' | 'fairly' | 'no';
    readonly at: string;
  }[];
}

/** The rates of the period from `from` up to, not including, `to`. */
export function ratesOf(appeals: readonly Counted[], from: string, to: string): Rates {
  const within = (at: string | undefined) => at !== undefined && at >= from && at < to;
  const dueThen = appeals.filter(
    ({ firstWordBy, firstWordAt, state }) => within(firstWordBy) && (firstWordAt !== undefined || isCounted(state)),
  );
  const rated = appeals.flatMap(({ ratings }) => ratings.filter(({ at }) => within(at)));
  const judged = rated.filter(({ satisfied }) => satisfied !== undefined);
  return {
    response: {
      of: dueThen.length,
      count: dueThen.filter(({ firstWordAt, firstWordBy = '' }) => firstWordAt !== undefined && firstWordAt <= firstWordBy).length,
    },
    solved: { of: rated.length, count: rated.filter(({ solved }) => solved === 'yes').length },
    partly: rated.filter(({ solved }) => solved === 'partly').length,
    satisfied: { of: judged.length, count: judged.filter(({ satisfied }) => satisfied !== 'no').length },
    unrated: appeals.filter(
      ({ kind, resolvedAt, round, ratings }) => isJudged(kind) && within(resolvedAt) && !ratings.some((each) => each.round === round),
    ).length,
  };
}
