import { countedNowhere, countsOf } from '../../domain/supervision/counts.ts';
import { stepsDigest, type TreeName } from '../../domain/supervision/day.ts';
import type { Digest } from '../../domain/supervision/sum-tree.ts';
import type { Span } from '../../domain/time/period.ts';
import type { Appeal } from '../appeals/rows.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { Tables } from '../kernel/table.ts';

type Alarm = Tables['alarms'];

/** What is true of a case, by names that a resident's page shows. Words are told by their digests only: who has them can compare. */
export interface Statement {
  readonly number: string;
  readonly told: string;
  readonly state: string;
  /** How many steps it has taken, and a digest over them. */
  readonly steps: number;
  readonly history: string;
  readonly [more: string]: unknown;
}

/** A case as it is sealed. */
export interface Case {
  readonly number: string;
  readonly tree: TreeName;
  readonly statement: Statement;
  readonly counts: readonly number[];
  readonly people: readonly string[];
  /** Everything personal was taken out of it: it counts, and proves nothing any more. */
  readonly erased: boolean;
}

export function appealCase(appeal: Appeal, { categories }: Pick<Snapshot, 'categories'>, period: Span, digest: Digest): Case {
  return {
    number: appeal.id,
    tree: categories.get(appeal.category)?.discreet ? 'discreet' : 'open',
    statement: appealStatement(appeal, digest),
    counts: countsOf(appeal, period),
    people: unique([appeal.person, ...appeal.followers.map(({ person }) => person), ...appeal.history.map(({ actor }) => actor)]),
    erased: appeal.erased === true,
  };
}

export function alarmCase(alarm: Alarm, digest: Digest): Case {
  return {
    number: alarm.id,
    tree: 'alarms',
    statement: alarmStatement(alarm, digest),
    counts: countedNowhere,
    people: unique([alarm.person, ...alarm.voices, ...alarm.history.map(({ actor }) => actor)]),
    erased: alarm.erased === true,
  };
}

export function appealStatement(appeal: Appeal, digest: Digest): Statement {
  const { id, createdAt, state, kind, category, what, place, round, firstWordBy, firstWordAt, resolvedAt, result, ratings, history } =
    appeal;
  return {
    number: id,
    told: createdAt,
    kind,
    category,
    what: digest(what),
    ...(place === undefined ? {} : { place: digest(place) }),
    state,
    round,
    ...(firstWordBy === undefined ? {} : { firstWordBy }),
    ...(firstWordAt === undefined ? {} : { firstWordAt }),
    ...(resolvedAt === undefined ? {} : { resolvedAt }),
    ...(result === undefined ? {} : { result: digest(result) }),
    ratings,
    steps: history.length,
    history: stepsDigest(digest, history),
  };
}

export function alarmStatement({ id, createdAt, state, heardAt, attendedAt, overAt, history }: Alarm, digest: Digest): Statement {
  return {
    number: id,
    told: createdAt,
    state,
    ...(heardAt === undefined ? {} : { heardAt }),
    ...(attendedAt === undefined ? {} : { attendedAt }),
    ...(overAt === undefined ? {} : { overAt }),
    steps: history.length,
    history: stepsDigest(digest, history),
  };
}

const unique = (people: readonly string[]) => [...new Set(people)];
