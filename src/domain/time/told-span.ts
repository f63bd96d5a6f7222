import { inDigits } from '../words/digits.ts';

/** How long something lasted, as people tell it: "7年半", "三年零两个月", "十来年", "五六年", "大半年". In months, both ends included. */
export interface ToldSpan {
  readonly from: number;
  readonly to: number;
}

type Groups = Readonly<Record<string, string | undefined>>;

/** "快十年": not yet. */
const almost = /(?:快|将近|接近|不到|不满|没满|差点|近)(?:有|满|到|要)?\s*$/u;
/** "半年都没干满" */
const notFull = /^(?:都|还)?(?:没|不)(?:有)?(?:干|做|交|上)?(?:到|满)/u;
const years = String.raw`(?:(?<either>\d)~)?(?<years>\d{1,2})(?<some>来|几|多|余)?(?:年头|周年|年|岁)(?<half>半)?(?<more>多|几)?(?:又?0?(?<rest>1[01]|[1-9])个?月(?<restMore>多)?)?`;
const months = String.raw`(?:(?<eitherMonth>\d)~)?(?<months>\d{1,3})(?<someMonths>来|多|几)?个(?:半)?(?:多)?月(?<monthsMore>多)?`;
const shape = new RegExp(`(?<![\\d.第])(?<!还有|还差|差)(?:${years}|${months}|(?<halfYear>大?半年)(?<overHalf>多)?)`, 'gu');

/** The spans that a text tells of, in their order. Days and sums of money have to be taken out before. */
export function spansIn(text: string): ToldSpan[] {
  const said = inDigits(text);
  return [...said.matchAll(shape)].map((match) => {
    const span = read(match.groups ?? {});
    const isLess = almost.test(said.slice(0, match.index)) || notFull.test(said.slice(match.index + match[0].length));
    return isLess ? { from: Math.max(1, span.from - 12), to: Math.max(1, span.from - 1) } : span;
  });
}

function read(groups: Groups): ToldSpan {
  if (groups.halfYear !== undefined) return groups.overHalf === undefined ? exactly(6) : { from: 7, to: 11 };
  if (groups.months === undefined) return ofYears(groups);
  const told = Number(groups.months);
  if (groups.eitherMonth !== undefined) return { from: Number(groups.eitherMonth), to: told };
  if (groups.someMonths === '来') return { from: told - 1, to: told + 2 };
  if (groups.someMonths !== undefined) return { from: told + 1, to: told + 9 };
  return groups.monthsMore === undefined ? exactly(told) : { from: told, to: told + 1 };
}

function ofYears({ either, years: said, some, half, more, rest, restMore }: Groups): ToldSpan {
  const whole = Number(said) * 12;
  if (either !== undefined) return { from: Number(either) * 12, to: whole };
  // "十来年" is about ten; "二十几年" is more than twenty, "六年多" more than six.
  if (some === '来') return { from: whole - 12, to: whole + 24 };
  if (some !== undefined) return { from: whole + 1, to: whole + (Number(said) % 10 === 0 ? 119 : 11) };
  if (rest !== undefined) return { from: whole + Number(rest), to: whole + Number(rest) + (restMore === undefined ? 0 : 1) };
  if (half !== undefined) return more === undefined ? exactly(whole + 6) : { from: whole + 7, to: whole + 11 };
  return more === undefined ? exactly(whole) : { from: whole + 1, to: whole + 11 };
}

function exactly(count: number): ToldSpan {
  return { from: count, to: count };
}
