import { type RetirementGroup, retirement } from '../../domain/reckoning/retirement.ts';
import { lastDayOf, monthAfter, monthOf, monthsBetween, sameDayAfter } from '../../domain/time/calendar-month.ts';
import { bareDate, bornBy, monthIn, type ToldDate } from '../../domain/time/told-date.ts';
import { chosenNumber } from '../../domain/words/short-answer.ts';
import { type Fact, type Hearing, isUnsure, type Known, type Reckoned, type ReckoningPart, type Teller } from './known.ts';
import { ageSaid, daysSaid, monthSaid, rangeSaid, spanSaid } from './phrases.ts';

const groupWords = {
  man: 'reckoning.retirement.man',
  woman50: 'reckoning.retirement.woman50',
  woman55: 'reckoning.retirement.woman55',
} as const;

/** Nobody younger asks when they retire: what lies later is no birth. */
const leastAge = 18 * 12;

/** When somebody retires: a man from the month of birth, a woman also from the kind of post, in both ways while that is not known. */
export const retirementPart: ReckoningPart = {
  hears(hearing) {
    const day = bornIn(hearing);
    const sex = sexIn(hearing);
    const work = workIn(hearing);
    return { ...(day ? { day } : {}), ...(sex ? { sex } : {}), ...(work ? { work } : {}) };
  },
  isTold: ({ day }) => day !== undefined,
  tells(known, teller) {
    const { day, sex } = known;
    if (!day) return { body: '', asks: 'birth' };
    if (!sex) return { body: '', asks: 'sex' };
    const groups: RetirementGroup[] =
      sex === 'man' ? ['man'] : known.work === 'woman50' || known.work === 'woman55' ? [known.work] : ['woman50', 'woman55'];
    const [only, ...others] = groups;
    const exact = monthOf(day.from) === monthOf(day.to);
    const body = only && others.length === 0 && exact ? exactly(monthOf(day.from), only, teller) : roughly(known, groups, teller);
    const asks = missing(known, exact, groups.length > 1);
    return { body, ...(asks ? { asks } : {}) };
  },
};

function missing(known: Known, exact: boolean, bothKinds: boolean): Fact | undefined {
  const month = !exact && !isUnsure(known, 'month');
  const work = bothKinds && known.work !== 'flexible' && !isUnsure(known, 'work');
  if (month && work) return 'monthAndWork';
  return month ? 'month' : work ? 'work' : undefined;
}

/** One month, one group: the steps of the annex. */
function exactly(born: string, group: RetirementGroup, { say, today }: Teller): string {
  const { ageBefore, before, delay, age, at, earliest, latest, paid } = retirement(born, group);
  return say('reckoning.retirement.exact', {
    who: whoSaid(group, say),
    born: monthSaid(born, say),
    ageBefore,
    before: monthSaid(before, say),
    delay: delay === 0 ? say('reckoning.retirement.noDelay') : say('reckoning.retirement.delay', { months: delay }),
    age: ageSaid(age, say),
    at: monthSaid(at, say),
    past: at < monthOf(today) ? say('reckoning.past') : '',
    paid: spanSaid({ from: paid, to: paid }, say),
    early: earliest < at ? say('reckoning.retirement.early', { earliest: monthSaid(earliest, say) }) : '',
    latest: monthSaid(latest, say),
  });
}

/** From when to when it may be, for each group that it may be. */
function roughly({ day, sex, work }: Known, groups: readonly RetirementGroup[], { say }: Teller): Reckoned['body'] {
  if (!day) return '';
  const lines = groups.map((group) => {
    const [first, last] = [retirement(monthOf(day.from), group), retirement(monthOf(day.to), group)];
    return say('reckoning.retirement.line', {
      group: say(groupWords[group]),
      ages: rangeSaid(ageSaid(first.age, say), ageSaid(last.age, say), say),
      months: rangeSaid(monthSaid(first.at, say), monthSaid(last.at, say), say),
    });
  });
  const exact = monthOf(day.from) === monthOf(day.to);
  const told = say(exact ? 'reckoning.retirement.either' : 'reckoning.retirement.told', {
    who: say(sex === 'man' ? 'reckoning.man' : 'reckoning.woman'),
    born: daysSaid(day, say),
  });
  const flexible = work === 'flexible' ? say('reckoning.retirement.flexible') : '';
  return [told, ...lines, flexible].filter(Boolean).join('\n');
}

function whoSaid(group: RetirementGroup, say: Teller['say']): string {
  return group === 'man' ? say('reckoning.man') : say('reckoning.womanAs', { group: say(groupWords[group]) });
}

function bornIn({ dates, text, digits, today, asked, known, words }: Hearing): Known['day'] {
  const old = (span: Known['day']) => span && monthsBetween(monthOf(span.to), monthOf(today)) >= leastAge;
  const year = known.day && Number(known.day.from.slice(0, 4));
  if (year !== undefined && (asked === 'month' || asked === 'monthAndWork')) {
    const month = monthIn(asked === 'monthAndWork' ? (digits.split(/[，,。；;\s]/u)[0] ?? '') : text, year);
    if (month) return { from: month.from, to: month.to };
  }
  const lunar = dates.find((each) => each.lunar && old(each));
  const solar = lunar && words.solar.test(text) ? solarMonth(lunar, digits) : undefined;
  if (solar) return solar;
  const told = dates.find(old) ?? (asked === 'birth' ? bareDate(text, today) : undefined) ?? bornBy(text, today);
  return told && old(told) && told.from > sameDayAfter(today, -100 * 12) ? { from: told.from, to: told.to } : undefined;
}

/** "七五年腊月，阳历一月": the month that was told besides, of those which the other may be. */
function solarMonth({ from, at, length }: ToldDate, digits: string): Known['day'] {
  const number = /(\d{1,2})月/u.exec(digits.slice(at + length))?.[1];
  const month = [0, 1, 2].map((count) => monthAfter(monthOf(from), count)).find((each) => Number(each.slice(5)) === Number(number));
  return month === undefined ? undefined : { from: `${month}-01`, to: lastDayOf(month) };
}

function sexIn({ said, words: { man, woman } }: Hearing): Known['sex'] {
  const [isMan, isWoman] = [man.test(said), woman.test(said)];
  return isMan === isWoman ? undefined : isMan ? 'man' : 'woman';
}

function workIn({ said, text, words, asked }: Hearing): Known['work'] {
  if (asked === 'work') {
    const number = chosenNumber(text);
    if (number === '1' || number === '2') return number === '1' ? 'woman50' : 'woman55';
  }
  const [fifty, more] = [words.work50.test(said), words.work55.test(said)];
  if (fifty !== more) return fifty ? 'woman50' : 'woman55';
  return words.flexible.test(said) ? 'flexible' : undefined;
}
