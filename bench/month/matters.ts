import { dateOf, dayAfter, daysLater, minutesUntil, onDay, whenWorked } from './office.ts';

/** An appeal as it should stand, told by the promises (docs/promises.md, desk.md). Instants are milliseconds. */
export interface Matter {
  /** Where it is: no two matters share a place. */
  readonly place: string;
  readonly what: string;
  person: string;
  /** The group in which a stranger told of danger: there it is said that somebody comes. */
  room?: string;
  readonly urgent: boolean;
  readonly danger: boolean;
  number?: string;
  state: string;
  round: number;
  readonly filedAt: number;
  startedAt: number;
  firstWordBy: number;
  answerBy: number;
  firstWordAt?: number;
  pausedAt?: number;
  resolvedAt?: number;
  /** When an alarm was over. */
  overAt?: number;
  /** What its teller said of which nothing could be made: whoever has it hears each once. */
  readonly words: Set<string>;
  handler?: string;
  /** Who else heard of its progress. */
  followers: string[];
  /** Which reminders of this round were given. */
  told: Set<Reminder>;
  ratedRounds: Set<number>;
}

/** In the order of their weight: of several that come due together the last is said. */
export const reminders = ['firstWord', 'half', 'most', 'due', 'overdue', 'waited', 'nudge', 'archive'] as const;
export type Reminder = (typeof reminders)[number];

const minute = 60_000;
const open = ['registered', 'accepted', 'in_progress', 'referred'];

export const isOpen = ({ state }: Matter) => open.includes(state) || state === 'waiting_resident';

/** A matter told of at an instant: a first word within a working day, in danger within half an hour; an answer within five working days. */
export function newMatter(given: Pick<Matter, 'place' | 'what' | 'person' | 'danger'>, at: number): Matter {
  return {
    ...given,
    urgent: given.danger,
    state: 'registered',
    round: 1,
    filedAt: at,
    followers: [],
    words: new Set(),
    ratedRounds: new Set(),
    ...clocks(given.danger, at),
  };
}

/** The clocks of a round that begins. */
export function clocks(urgent: boolean, at: number): Pick<Matter, 'startedAt' | 'firstWordBy' | 'answerBy' | 'told'> {
  return { startedAt: at, firstWordBy: urgent ? at + 30 * minute : daysLater(at, 1), answerBy: daysLater(at, 5), told: new Set() };
}

/** What is told by half-days, all of a person in one notice. */
export const byHalfDays: readonly Reminder[] = ['firstWord', 'half', 'most', 'due', 'overdue'];

/** When the next reminder of a matter is due, as it stood when that was reckoned. */
const reckoned = new WeakMap<Matter, { readonly as: string; readonly at: number }>();

/** What has come due by now and was not told yet, in the order of time. */
export function dueBy(matter: Matter, now: number): Reminder[] {
  const { state, answerBy, firstWordAt, pausedAt, resolvedAt, told } = matter;
  const as = [state, answerBy, firstWordAt, pausedAt, resolvedAt, [...told]].join();
  const before = reckoned.get(matter);
  if (before?.as === as && now < before.at) return [];
  const ahead = wakes(matter)
    .filter(([what]) => !told.has(what))
    .sort(([one, a], [other, b]) => a - b || reminders.indexOf(one) - reminders.indexOf(other));
  reckoned.set(matter, { as, at: ahead[0]?.[1] ?? Number.POSITIVE_INFINITY });
  return ahead.filter(([, at]) => at <= now).map(([what]) => what);
}

function wakes(matter: Matter): [Reminder, number][] {
  const { startedAt, answerBy } = matter;
  if (matter.state === 'waiting_resident') return [['waited', daysLater(matter.pausedAt ?? 0, 3)]];
  if (matter.state === 'resolved') {
    const at = matter.resolvedAt ?? 0;
    return [
      ['nudge', onDay(dayAfter(dateOf(at)), 600)],
      ['archive', at + 7 * 24 * 60 * minute],
    ];
  }
  if (!open.includes(matter.state)) return [];
  const [from, to] = [minutesUntil(startedAt), minutesUntil(answerBy)];
  const share = (part: number) => (to === from ? answerBy : whenWorked(from + (to - from) * part));
  const answer: [Reminder, number][] = [
    ['half', share(0.5)],
    ['most', share(0.8)],
    ['due', answerBy],
    ['overdue', daysLater(answerBy, 3)],
  ];
  return matter.firstWordAt === undefined ? [['firstWord', matter.firstWordBy], ...answer] : answer;
}

/** The clock stood still: what is due moves by as much working time. */
export function resume(matter: Matter, now: number): void {
  const held = minutesUntil(now) - minutesUntil(matter.pausedAt ?? now);
  if (held > 0) matter.answerBy = whenWorked(minutesUntil(matter.answerBy) + held);
  delete matter.pausedAt;
}
