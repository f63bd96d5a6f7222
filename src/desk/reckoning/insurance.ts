import { medicalWaiting, yearsThatCount } from '../../domain/reckoning/medical-waiting.ts';
import { longestBenefit } from '../../domain/reckoning/unemployment.ts';
import { monthAfter, monthOf } from '../../domain/time/calendar-month.ts';
import type { Hearing, Known, ReckoningPart } from './known.ts';
import { monthSaid, rangeSaid, spanSaid } from './phrases.ts';

/** For how many months unemployment benefit is paid at most. */
export const unemploymentPart: ReckoningPart = {
  hears({ spans, digits, asked }) {
    const longest = [...spans].sort((one, other) => other.to - one.to)[0];
    if (longest) return { span: longest };
    const years = asked === 'paid' ? /^\D{0,4}(\d{1,2})$/u.exec(digits.replace(/[\s，。,！!]/gu, ''))?.[1] : undefined;
    return years === undefined ? {} : { span: { from: Number(years) * 12, to: Number(years) * 12 } };
  },
  isTold: ({ span }) => span !== undefined,
  tells({ span }, { say }) {
    if (!span) return { body: '', asks: 'paid' };
    const [least, most] = [longestBenefit(span.from), longestBenefit(span.to)];
    const told = { span: spanSaid(span, say) };
    return {
      body:
        most === 0
          ? say('reckoning.unemployment.none', told)
          : say('reckoning.unemployment.told', { ...told, months: rangeSaid(least, most, say) }),
    };
  },
};

/** How long somebody waits for the benefits of residents' medical insurance; that of employees has its own rules. */
export const medicalWaitingPart: ReckoningPart = {
  hears(hearing) {
    const missed = missedIn(hearing);
    const paid = paidOn(hearing);
    return { ...(missed === undefined ? {} : { missed }), ...(paid ? { paidOn: paid } : {}) };
  },
  isTold: ({ missed }) => missed !== undefined,
  passes: ({ said, words }) => words.employeeInsurance.test(said),
  tells({ missed, paidOn: paid }, { say, today, content: { waiting } }) {
    if (missed === undefined) return { body: '', asks: 'missed' };
    const counted = yearsThatCount(missed, Number(today.slice(0, 4)), waiting);
    const { from, to } = medicalWaiting(counted, waiting);
    const ready =
      paid && rangeSaid(monthSaid(monthAfter(monthOf(paid.from), from), say), monthSaid(monthAfter(monthOf(paid.to), to), say), say);
    return {
      body: say(missed === 0 ? 'reckoning.waiting.late' : 'reckoning.waiting.broken', {
        fixed: waiting.fixed,
        further: waiting.further,
        missed,
        counted: counted < missed ? say('reckoning.waiting.counted', { year: waiting.countedFrom, counted }) : '',
        months: rangeSaid(from, to, say),
        ready: ready === undefined ? '' : say('reckoning.waiting.ready', { ready }),
      }),
    };
  },
};

/** "断了两年", "去年没交", "前年去年都没交"; 0: never, but too late. A year that was begun counts. */
function missedIn({ said, digits, words, asked }: Hearing): number | undefined {
  const [, years = '', unit, orYears = '', orUnit] = words.brokenFor.exec(digits.replace(/\s/gu, '')) ?? [];
  const count = Number(years || orYears);
  if (count > 0) return (unit ?? orUnit) === '年' ? count : Math.ceil(count / 12);
  if (words.unbroken.test(said)) return 0;
  if (asked !== 'missed' && !words.notPaid.test(said)) return undefined;
  const named = new Set(said.match(/大前年|前年|去年|今年/gu));
  const missed = named.size - (named.has('今年') && words.paidThisYear.test(said) ? 1 : 0);
  if (missed > 0) return missed;
  const bare = asked === 'missed' ? /^(\d)年?$/u.exec(digits.replace(/[\s，。,！!]/gu, ''))?.[1] : undefined;
  return bare === undefined ? undefined : Number(bare);
}

/** The day on which it was paid, where the words behind it say so. */
function paidOn({ dates, digits, words }: Hearing): Known['paidOn'] {
  const paid = dates.find(({ at, length }) => words.paid.test(digits.slice(at + length)));
  return paid && monthOf(paid.to) === monthOf(paid.from) ? { from: paid.from, to: paid.to } : undefined;
}
