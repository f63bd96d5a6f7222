import { childcareSubsidy } from '../../domain/reckoning/childcare-subsidy.ts';
import { daysBeforeBirth, lastDayOfLeave, maternityLeaveDays, miscarriageLeaveDays } from '../../domain/reckoning/maternity-leave.ts';
import { monthOf } from '../../domain/time/calendar-month.ts';
import { dateAfter } from '../../domain/time/clock-time.ts';
import { bareDate, bornBy, monthIn } from '../../domain/time/told-date.ts';
import { type Hearing, isUnsure, type Known, type ReckoningPart, type Teller } from './known.ts';
import { daySaid, daysSaid, monthSaid, rangeSaid } from './phrases.ts';

/** What one child's subsidy is in all, and until when it is asked for. */
export const childcarePart: ReckoningPart = {
  hears(hearing) {
    const { dates, text, today, asked, known } = hearing;
    const month = asked === 'born' && known.day ? monthIn(text, Number(known.day.from.slice(0, 4))) : undefined;
    const told =
      month ?? dates.find(({ from }) => from <= today) ?? (asked === 'born' ? bareDate(text, today) : undefined) ?? bornBy(text, today);
    const children = childrenIn(hearing);
    return { ...(told ? { day: { from: told.from, to: told.to } } : {}), ...(children === undefined ? {} : { children }) };
  },
  isTold: ({ day }) => day !== undefined,
  tells(known, { say, content: { childcare }, today }) {
    const { day, children = 1 } = known;
    if (!day) return { body: '', asks: 'born' };
    const [oldest, youngest] = [childcareSubsidy(monthOf(day.from), childcare), childcareSubsidy(monthOf(day.to), childcare)];
    const born = daysSaid(day, say);
    if (!youngest) return { body: say('reckoning.childcare.over', { born, from: monthSaid(childcare.from, say) }) };
    const exact = oldest?.three === youngest.three;
    const told = {
      born,
      total: rangeSaid(oldest?.total ?? 0, youngest.total, say),
      all: children > 1 ? say('reckoning.childcare.children', { children, total: children * youngest.total }) : '',
      three: exact ? say('reckoning.childcare.three', { month: monthSaid(youngest.three, say) }) : '',
      until: daySaid(oldest?.firstUntil ?? youngest.firstUntil, say),
      late: youngest.firstUntil < today ? say('reckoning.childcare.late') : '',
    };
    if (monthOf(day.from) >= childcare.from) return { body: say('reckoning.childcare.told', { ...told, yearly: childcare.yearly }) };
    const years = exact
      ? youngest.payments.map(({ year = 0, months, yuan }) => say('reckoning.childcare.year', { year, months, yuan }))
      : [];
    const renewed = youngest.three >= monthOf(today) ? say('reckoning.childcare.renewed', { year: Number(today.slice(0, 4)) }) : '';
    const since = { from: monthSaid(childcare.from, say), monthly: childcare.yearly / 12 };
    const body = say('reckoning.childcare.older', { ...told, ...since, years: years.join(say('reckoning.childcare.join')), renewed });
    return { body, ...(exact || isUnsure(known, 'born') ? {} : { asks: 'born' }) };
  },
};

/** The days of maternity leave by national law, and their last day where the first was told. */
export const maternityPart: ReckoningPart = {
  hears(hearing) {
    const { said, words, dates, spans, digits } = hearing;
    const difficult = words.difficult.test(said);
    const birth = difficult ? 'difficult' : words.plain.test(said) ? 'plain' : undefined;
    const children = childrenIn(hearing);
    const miscarried = words.miscarried.test(said);
    const weeks = /(\d{1,2})周/u.exec(digits)?.[1];
    const pregnant = weeks === undefined ? spans[0]?.from : Number(weeks) / 4;
    const day = miscarried ? undefined : dates[0];
    return {
      ...(birth ? { birth } : {}),
      ...(children === undefined ? {} : { children }),
      ...(miscarried ? { miscarried: true } : {}),
      ...((miscarried || hearing.known.miscarried) && pregnant !== undefined ? { pregnant } : {}),
      ...(day && monthOf(day.from) === monthOf(day.to) ? { day: { from: day.from, to: day.to } } : {}),
    };
  },
  isTold: ({ birth, children, miscarried, day }) =>
    birth !== undefined || children !== undefined || miscarried === true || day !== undefined,
  tells(known, teller) {
    const { say } = teller;
    if (known.miscarried) {
      const asks = known.pregnant === undefined && !isUnsure(known, 'pregnant');
      const body =
        known.pregnant === undefined
          ? say('reckoning.maternity.miscarriages', { less: miscarriageLeaveDays(0), more: miscarriageLeaveDays(4) })
          : say(known.pregnant < 4 ? 'reckoning.maternity.early' : 'reckoning.maternity.late', {
              days: miscarriageLeaveDays(known.pregnant),
            });
      return { body, decides: 'reckoning.decides.miscarriage', ...(asks ? { asks: 'pregnant' } : {}) };
    }
    const asks = known.birth === undefined && !isUnsure(known, 'delivery');
    return { body: leaveSaid(known, teller), ...(asks ? { asks: 'delivery' } : {}) };
  },
};

function leaveSaid({ birth, children = 1, day }: Known, { say }: Teller): string {
  const plain = maternityLeaveDays({ difficult: false, children });
  const difficult = maternityLeaveDays({ difficult: true, children });
  const days = birth === 'difficult' ? difficult : plain;
  const [base, extra] = [
    maternityLeaveDays({ difficult: false, children: 1 }),
    plain - maternityLeaveDays({ difficult: false, children: 1 }),
  ];
  const steps = say('reckoning.maternity.steps', {
    base,
    difficult: birth === 'difficult' ? say('reckoning.maternity.difficult', { days: difficult - plain }) : '',
    more: extra > 0 ? say('reckoning.maternity.more', { children, days: extra }) : '',
    total: days > base ? say('reckoning.maternity.total', { days }) : '',
    before: daysBeforeBirth,
    ifDifficult: birth === undefined ? say('reckoning.maternity.ifDifficult', { days: difficult }) : '',
  });
  if (!day) return steps;
  // Counted from the birth; who began before it is back as many days earlier.
  const last = lastDayOfLeave(day.from, days);
  const dates = say('reckoning.maternity.dates', {
    first: daysSaid({ from: day.from, to: day.from }, say),
    last: daySaid(last, say),
    before: daysBeforeBirth,
    earlier: daySaid(dateAfter(last, -daysBeforeBirth), say),
  });
  return `${steps}\n${dates}`;
}

function childrenIn({ said, digits, words }: Hearing): number | undefined {
  if (words.triplets.test(said)) return 3;
  if (words.twins.test(said)) return 2;
  const told = words.children.exec(digits)?.[1];
  return told === undefined ? undefined : Number(told);
}
