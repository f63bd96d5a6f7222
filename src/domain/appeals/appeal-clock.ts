import { fromShanghai, inShanghai, plusDays, plusMinutes } from '../time/clock-time.ts';
import type { WorkingTime } from '../time/working-time.ts';
import { type AppealKind, type AppealState, openStates } from './appeal.ts';

/**
 * The clocks of an appeal, in working time. First human word within one working day, urgent ones within half an hour at any
 * hour; an answer within five working days (《济南市12345市民服务热线条例》第二十四条, 《潍坊市12345政务服务便民热线条例》), to a plain
 * question within one, as this office promises; sixty natural days are an outer alarm only (《信访工作条例》第三十四条).
 */
export interface Clocked {
  readonly state: AppealState;
  readonly urgent: boolean;
  readonly createdAt: string;
  /** When the clock of this round began; a reopened appeal begins anew. */
  readonly startedAt: string;
  readonly firstWordBy?: string;
  readonly firstWordAt?: string;
  readonly answerBy?: string;
  /** Since when it waits for the resident; meanwhile the clock stands still. */
  readonly pausedAt?: string;
  readonly resolvedAt?: string;
  /** What has been said of this round already. */
  readonly told: readonly Wake[];
}

/** What is due at a moment of an appeal's life. */
export const wakes = ['firstWord', 'half', 'most', 'due', 'overdue', 'outer', 'waited', 'nudge', 'archive'] as const;
export type Wake = (typeof wakes)[number];

const urgentMinutes = 30;
const firstWordDays = 1;
/** At this many working days past the due time the directors see to it (督办). */
const overdueDays = 3;
/** So many working days the clock stands still for the resident's answer. */
const waitingDays = 3;
const outerDays = 60;
const archiveDays = 7;
/** In the morning of the next day, when nobody is woken by it. */
const nudgeTime = '10:00';

/** Working days until the promised answer. */
export function promisedDays(kind: AppealKind): number {
  return kind === '咨询' ? 1 : 5;
}

/** Reminders that lead to the day of the answer. */
const towardsDay: readonly Wake[] = ['half', 'most', 'due', 'overdue'];

/** With another day for its answer, until which reminders are given again: those whose moment has not passed when the day is set. */
export function withDay<A extends Clocked>(appeal: A, answerBy: Date, now: Date, time: WorkingTime): A {
  const told = appeal.told.filter((wake) => !towardsDay.includes(wake));
  const renewed = { ...appeal, answerBy: answerBy.toISOString() };
  const passed = answerWakes(renewed, time).flatMap(([what, at]) => (at && at <= now ? [what] : []));
  return { ...renewed, told: [...told, ...passed] };
}

/** Whether the clock of an appeal runs: it is open and does not wait for its resident. */
export function isRunning(state: AppealState): boolean {
  return openStates.includes(state) && state !== 'waiting_resident';
}

/** Whether its answer is overdue at a moment. */
export function isLate({ state, answerBy }: Pick<Clocked, 'state' | 'answerBy'>, now: Date): boolean {
  return isRunning(state) && answerBy !== undefined && answerBy < now.toISOString();
}

/** Both deadlines of an appeal that begins now; what reaches into a year whose holidays are not known is absent. */
export function deadlinesOf(kind: AppealKind, urgent: boolean, from: Date, time: WorkingTime): Pick<Clocked, 'firstWordBy' | 'answerBy'> {
  const firstWord = urgent ? plusMinutes(from, urgentMinutes) : time.plusDays(from, firstWordDays);
  const answer = time.plusDays(from, promisedDays(kind));
  return {
    ...(firstWord ? { firstWordBy: firstWord.toISOString() } : {}),
    ...(answer ? { answerBy: answer.toISOString() } : {}),
  };
}

/** Something that is due, and when. */
export interface Due {
  readonly what: Wake;
  readonly at: Date;
}

/** Everything of this state that has not been said, in order of time. */
export function dueOf(appeal: Clocked, time: WorkingTime): Due[] {
  const due = wakesOf(appeal, time).flatMap(([what, at]) => (at && !appeal.told.includes(what) ? [{ what, at }] : []));
  return due.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The next thing that is done at its moment; undefined when nothing is. Reminders are not: they are told by half-days, all at once. */
export function nextWake(appeal: Clocked, time: WorkingTime): Due | undefined {
  return dueOf(appeal, time).find(({ what }) => isAtOnce(appeal, what));
}

/** The reminders that are due until a moment, the earliest first. */
export function remindersUntil(until: Date, appeal: Clocked, time: WorkingTime): Wake[] {
  return dueOf(appeal, time).flatMap(({ what, at }) => (at <= until && !isAtOnce(appeal, what) ? [what] : []));
}

/** What cannot wait for the next half-day, or is no reminder. */
function isAtOnce({ urgent }: Clocked, what: Wake): boolean {
  return what === 'firstWord' ? urgent : ['waited', 'nudge', 'archive'].includes(what);
}

function wakesOf(appeal: Clocked, time: WorkingTime): [Wake, Date | undefined][] {
  switch (appeal.state) {
    case 'registered':
    case 'accepted':
    case 'in_progress':
    case 'referred':
      return [...firstWordWake(appeal), ...answerWakes(appeal, time), ['outer', plusDays(new Date(appeal.createdAt), outerDays)]];
    case 'waiting_resident':
      return [['waited', appeal.pausedAt === undefined ? undefined : waitingUntil(new Date(appeal.pausedAt), time)]];
    case 'resolved': {
      const resolved = new Date(appeal.resolvedAt ?? appeal.startedAt);
      return [
        ['nudge', fromShanghai(inShanghai(plusDays(resolved, 1)).date, nudgeTime)],
        ['archive', plusDays(resolved, archiveDays)],
      ];
    }
    default:
      return [];
  }
}

function firstWordWake({ firstWordBy, firstWordAt }: Clocked): [Wake, Date | undefined][] {
  return firstWordBy === undefined || firstWordAt !== undefined ? [] : [['firstWord', new Date(firstWordBy)]];
}

function answerWakes({ startedAt, answerBy }: Clocked, time: WorkingTime): [Wake, Date | undefined][] {
  if (answerBy === undefined) return [];
  const [start, due] = [new Date(startedAt), new Date(answerBy)];
  return [
    ['half', time.share(start, due, 0.5)],
    ['most', time.share(start, due, 0.8)],
    ['due', due],
    ['overdue', time.plusDays(due, overdueDays)],
  ];
}

/** Until when the clock stands still for the resident; in a year whose holidays are not known, natural days are counted. */
export function waitingUntil(since: Date, time: WorkingTime): Date {
  return time.plusDays(since, waitingDays) ?? plusDays(since, waitingDays);
}

/** The due time after a pause: as much working time later as the pause held; as it was when that cannot be counted. */
export function afterPause(answerBy: string, pausedAt: string, now: Date, time: WorkingTime): string {
  const held = time.minutesBetween(new Date(pausedAt), now);
  const due = new Date(answerBy);
  if (held === undefined || held === 0) return answerBy;
  return time.plusMinutes(due, held)?.toISOString() ?? answerBy;
}
