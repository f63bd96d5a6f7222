import { annualLeaveDays } from '../../domain/reckoning/annual-leave.ts';
import { arbitrationUntil } from '../../domain/reckoning/arbitration.ts';
import { contractLawFrom, monthsInsteadOfNotice, severance } from '../../domain/reckoning/severance.ts';
import { monthAfter, monthOf, monthsBetween, sameDayAfter } from '../../domain/time/calendar-month.ts';
import { bareDate } from '../../domain/time/told-date.ts';
import { bareSum } from '../../domain/words/told-money.ts';
import type { Say } from '../kernel/say.ts';
import { type Days, type Hearing, isUnsure, type Months, type ReckoningPart, type Teller } from './known.ts';
import { daySaid, daysSaid, rangeSaid, spanSaid } from './phrases.ts';

/** What is owed after a dismissal: N, one month more, and 2N, in months, and in yuan where the pay was told. */
export const severancePart: ReckoningPart = {
  hears(hearing) {
    const span = workedIn(hearing);
    const pay = hearing.pay ?? (hearing.asked === 'pay' ? bareSum(hearing.text) : undefined);
    return { ...(span ? { span } : {}), ...(pay === undefined ? {} : { pay }) };
  },
  isTold: ({ span }) => span !== undefined,
  tells(known, { say, today }) {
    const { span, pay } = known;
    if (!span) return { body: '', asks: 'worked' };
    const before2008 = (worked: number) => Math.max(0, monthsBetween(monthAfter(monthOf(today), -worked), contractLawFrom));
    const [least, most] = [severance(span.from, before2008(span.from)), severance(span.to, before2008(span.to))];
    const yuan = (from: number, to: number) =>
      pay === undefined ? '' : say('reckoning.severance.yuan', { yuan: rangeSaid(Math.round(from * pay), Math.round(to * pay), say) });
    const body = say('reckoning.severance.told', {
      span: spanSaid(span, say),
      pay: pay === undefined ? '' : say('reckoning.severance.pay', { pay }),
      plain: rangeSaid(least.plain, most.plain, say),
      plainYuan: yuan(least.plain, most.plain),
      doubled: rangeSaid(least.doubled, most.doubled, say),
      doubledYuan: yuan(least.doubled, most.doubled),
      notice: monthsInsteadOfNotice,
      noticeYuan: yuan(monthsInsteadOfNotice, monthsInsteadOfNotice),
      before: before2008(span.to) > 0 ? say('reckoning.severance.before2008') : '',
    });
    return { body, ...(pay === undefined && !isUnsure(known, 'pay') ? { asks: 'pay' } : {}) };
  },
};

/** How many days of paid leave there are in a year. */
export const annualLeavePart: ReckoningPart = {
  hears(hearing) {
    const span = workedIn(hearing);
    return span ? { span } : {};
  },
  isTold: ({ span }) => span !== undefined,
  tells({ span }, { say }) {
    if (!span) return { body: '', asks: 'career' };
    const [least, most] = [annualLeaveDays(span.from), annualLeaveDays(span.to)];
    const told = { span: spanSaid(span, say) };
    return {
      body: most === 0 ? say('reckoning.leave.none', told) : say('reckoning.leave.told', { ...told, days: rangeSaid(least, most, say) }),
    };
  },
};

/** As closely as a day has to be told, in days. */
const rough = 62;

/** Until when arbitration can be asked for. Of a month that was told, its first day counts: nobody is late by that. */
export const arbitrationPart: ReckoningPart = {
  hears(hearing) {
    const { day, claimed } = disputeIn(hearing);
    const employed = hearing.words.employed.test(hearing.said);
    return { ...(day ? { day } : {}), ...(claimed ? { claimed } : {}), ...(employed ? { employed: true } : {}) };
  },
  isTold: ({ day, employed, claimed }) => day !== undefined || claimed !== undefined || employed === true,
  tells(known, teller) {
    const { say, today } = teller;
    const { day, employed, claimed } = known;
    if (employed) return { body: say('reckoning.arbitration.employed') };
    if (!day && claimed)
      return { body: say('reckoning.arbitration.onlyClaimed', countedFrom(claimed, sameDayAfter(claimed.from, 12), say)) };
    if (!day) return { body: '', asks: 'since' };
    // Of a whole year nothing can be said that helps.
    if (daysBetween(day.from, day.to) > rough && !isUnsure(known, 'since')) return { body: '', asks: 'since' };
    if (daysBetween(day.from, day.to) > rough) return { body: widely(day, teller) };
    const first = arbitrationUntil({ since: day.from }) ?? today;
    const until = arbitrationUntil({ since: day.from, ...(claimed ? { claimed: claimed.from } : {}) }) ?? today;
    const counted =
      claimed && until > first
        ? say('reckoning.arbitration.claimed', {
            began: daysSaid(day, say),
            first: daySaid(first, say),
            ...countedFrom(claimed, until, say),
          })
        : say('reckoning.arbitration.since', countedFrom(day, until, say));
    const left = daysBetween(today, until);
    const state = left < 0 ? say('reckoning.arbitration.over') : say('reckoning.arbitration.left', { days: left });
    return { body: say('reckoning.arbitration.told', { first: counted, state }) };
  },
};

/** It is not known when it was: both ends, and nobody is told that it is too late who may be in time. */
function widely(day: Days, { say, today }: Teller): string {
  const [first, last] = [sameDayAfter(day.from, 12), sameDayAfter(day.to, 12)];
  const told = say('reckoning.arbitration.wide', { since: daysSaid(day, say), first: daySaid(first, say), last: daySaid(last, say) });
  const state = say(last < today ? 'reckoning.arbitration.over' : 'reckoning.arbitration.perhaps');
  return say('reckoning.arbitration.told', { first: told, state });
}

function countedFrom(counted: Days, until: string, say: Say): { since: string; until: string; rough: string } {
  const rough = counted.from === counted.to ? '' : say('reckoning.arbitration.rough');
  return { since: daysSaid(counted, say), until: daySaid(until, say), rough };
}

/** How long somebody worked: as it was told, else between two dates, else from a beginning to today. */
function workedIn({ spans, dates, text, digits, today, asked, words }: Hearing): Months | undefined {
  const longest = [...spans].sort((one, other) => other.to - one.to)[0];
  if (longest) return longest;
  // "今年" is no beginning and no end.
  const isNow = ({ from, to }: Days) => from <= today && today <= to && daysBetween(from, to) > 31;
  const [first, second] = dates.filter((each) => !isNow(each)).sort((one, other) => one.from.localeCompare(other.from));
  if (first && (second || words.began.test(digits.slice(first.at + first.length)) || asked === 'worked' || asked === 'career')) {
    const end = second && second.from > first.to ? second : { from: today, to: today };
    return between(first, end);
  }
  if (asked !== 'worked' && asked !== 'career') return undefined;
  const years = /^\D{0,4}(\d{1,2})(\.5)?$/u.exec(digits.replace(/[\s，。,！!]/gu, ''));
  if (years) return exactly(Number(years[1]) * 12 + (years[2] ? 6 : 0));
  const since = /^\D*\d{4}/u.test(digits) ? bareDate(text, today) : undefined;
  return since && between(since, { from: today, to: today });
}

function between(from: Days, to: Days): Months {
  const least = monthsBetween(monthOf(from.to), monthOf(to.from));
  return { from: Math.max(0, least), to: Math.max(0, monthsBetween(monthOf(from.from), monthOf(to.to))) };
}

function exactly(count: number): Months {
  return { from: count, to: count };
}

/** When they left or were wronged, and when they last claimed something: by the words that stand right behind a date. */
function disputeIn({ dates, digits, text, today, words, asked }: Hearing): { day?: Days; claimed?: Days } {
  const told = dates.filter(({ from }) => from < today);
  const behind = ({ at, length }: (typeof told)[number]) => digits.slice(at + length, at + length + 8).split(/\d/)[0] ?? '';
  const before = ({ at }: (typeof told)[number]) => digits.slice(Math.max(0, at - 12), at);
  const claimed = told.find(
    (each) => words.claimed.test(behind(each)) || (words.lastTime.test(before(each)) && words.claimed.test(before(each))),
  );
  const others = told.filter((each) => each !== claimed);
  const day = others.find((each) => words.left.test(behind(each))) ?? others[0] ?? (asked === 'since' ? bareDate(text, today) : undefined);
  const plain = ({ from, to }: Days): Days => ({ from, to });
  return { ...(day ? { day: plain(day) } : {}), ...(claimed ? { claimed: plain(claimed) } : {}) };
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
