import { inDigits } from '../words/digits.ts';
import { lastDayOf, monthAfter, monthOf, sameDayAfter } from './calendar-month.ts';
import { dateAfter, twoDigits } from './clock-time.ts';

/** Days as people tell of their own lives: "78年3月", "去年五月", "上个月", "三个月前", "七八年腊月". */

/** When something was, as closely as it was told: a day, a month, a year. Days are yyyy-MM-dd, both included. */
export interface ToldDate {
  readonly from: string;
  readonly to: string;
  /** It was told by the farmers' calendar: `from` … `to` are all days that it may mean, also that the month was written down as it is. */
  readonly lunar?: true;
  /** Where it stands in the text as `inDigits` gives it, and how long it is. */
  readonly at: number;
  readonly length: number;
}

type Span = Pick<ToldDate, 'from' | 'to' | 'lunar'>;
type Groups = Readonly<Record<string, string | undefined>>;

interface Shape {
  readonly shape: RegExp;
  /** What the groups mean, seen from today; undefined when there is no such day. */
  read(groups: Groups, today: string): Span | undefined;
}

const lunarMonths: Readonly<Record<string, number>> = { 正: 1, 冬: 11, 腊: 12 };
const month = '(?<lunar>农历|阴历|旧历|老历)?(?<month>正|冬|腊|1[0-2]|0?[1-9])月(?!前|后)(?:份|间|里)?(?:的)?';
const day = '(?:(?<first>初)?(?<day>[12]\\d|3[01]|0?[1-9])(?:日|号)?(?!个|年|天|岁|元|块|点|\\d))?';
const relative: Readonly<Record<string, number>> = { 大前: -3, 前: -2, 去: -1, 上一: -1, 今: 0, 本: 0, 当: 0, 明: 1, 后: 2 };
const relativeYear = '(?<relative>大前|前|去|上一|今|本|明|后)年';
/** Parts of a year, in months. */
const seasons: Readonly<Record<string, readonly [number, number]>> = {
  底: [11, 12],
  末: [11, 12],
  初: [1, 2],
  头: [1, 2],
  中: [6, 7],
  上半年: [1, 6],
  下半年: [7, 12],
  春节: [1, 2],
  过年: [1, 2],
};
const near: Readonly<Record<string, readonly [number, number]>> = {
  今天: [0, 0],
  昨天: [-1, -1],
  前天: [-2, -2],
  大前天: [-3, -3],
  刚刚: [-3, 0],
  这几天: [-3, 0],
  前几天: [-7, -2],
  上周: [-13, -1],
  上个星期: [-13, -1],
  上星期: [-13, -1],
  上个礼拜: [-13, -1],
  上礼拜: [-13, -1],
};

/** What stands behind a year with two digits that is none of a span: "05年进厂", "78年的". */
const yearTells = '(?=[\\s,，。]*(?:生|出生|的|属|人|参加|进|入|来|开始|到|起|就|上班|退伍|毕业|男|女))';

const shapes: readonly Shape[] = [
  { shape: new RegExp(`(?<!\\d)(?<year>(?:19|20)\\d{2}|\\d{2})\\s*年\\s*${month}${day}`, 'u'), read: ofMonth },
  {
    shape:
      /(?<!\d)(?<year>(?:19|20)\d{2})(?:\s*[./-]\s*|\s+)(?<month>1[0-2]|0?[1-9])(?:\s*[./-]\s*(?<day>[12]\d|3[01]|0?[1-9]))?(?:月份?)?(?!\d)/u,
    read: ofMonth,
  },
  { shape: /(?<!\d)(?<year>(?:19|20)\d{2})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])?(?!\d)/u, read: ofMonth },
  { shape: new RegExp(`${relativeYear}的?${month}${day}`, 'u'), read: ofMonth },
  { shape: new RegExp(`${relativeYear}(?:的|年)?(?<season>${Object.keys(seasons).join('|')})`, 'u'), read: ofSeason },
  { shape: new RegExp(`${relativeYear}`, 'u'), read: ofYear },
  { shape: new RegExp(`(?<month>上{1,9}|这|本|下)个?月${day}`, 'u'), read: ofNearMonth },
  { shape: /(?<count>\d{1,3})(?<more>多|几)?(?:个)?(?<unit>年|月|星期|周|天)(?<half>半)?(?:多)?(?:之|以)?前/u, read: ofAgo },
  { shape: /半年多?(?:之|以)?前/u, read: (_, today) => around(sameDayAfter(today, -6), 15) },
  {
    shape: new RegExp(
      Object.keys(near)
        .sort((one, other) => other.length - one.length)
        .join('|'),
      'u',
    ),
    read: ofNear,
  },
  { shape: new RegExp(`(?<!\\d|年|个|[个几])${month}${day}(?!.?多?前)`, 'u'), read: ofMonth },
  { shape: /(?<!\d)(?<year>(?:19|20)\d{2})年?(?=[\s,，。]*(?:生|出生|的|年|$))年?|(?<!\d)(?<yearOnly>(?:19|20)\d{2})年/u, read: ofYear },
  {
    shape: new RegExp(
      `(?<!\\d|了|满|有|过|够|约|概|差不多)(?<year>[4-9]\\d)年(?!半|多|零|\\d)|(?<!\\d|了|满|有|过|够|约|概|差不多)(?<yearOnly>[0-3]\\d)年${yearTells}`,
      'u',
    ),
    read: ofYear,
  },
];

/**
 * The days that a text tells of, in their order. A month without its year is the last one there was, or the next one where `ahead`: people
 * tell of what has been, but for a birth that is expected.
 * @param today yyyy-MM-dd in Shanghai
 */
export function datesIn(text: string, today: string, ahead = false): ToldDate[] {
  let rest = inDigits(text);
  const found: ToldDate[] = [];
  for (const { shape, read } of shapes) {
    for (let match = shape.exec(rest); match; match = shape.exec(rest)) {
      const [said] = match;
      const span = read({ ...match.groups, said, ...(ahead ? { ahead: 'yes' } : {}) }, today);
      if (span) found.push({ ...span, at: match.index, length: said.length });
      // What was read is not read again as something smaller.
      rest = rest.slice(0, match.index) + '_'.repeat(Math.max(1, said.length)) + rest.slice(match.index + said.length);
    }
  }
  return found.sort((one, other) => one.at - other.at);
}

/** A message that is a date and little else, said to who asked for one: "78", "78.3", "1978 3", "78年". */
export function bareDate(text: string, today: string): Span | undefined {
  const said = inDigits(text).replace(/^[\s是在]+|(?<![\s，。,.！!的生])[\s，。,.！!的生]+$/gu, '');
  const groups = /^(?<year>\d{4}|\d{2})(?:年|[./\-\s，,])*(?<month>1[0-2]|0?[1-9])?月?$/u.exec(said)?.groups;
  return groups && (groups.month === undefined ? ofYear(groups, today) : ofMonth(groups, today));
}

/** Between which days somebody was born who says how old they are: "五十二岁零三个月", "今年49岁", "一岁半", "八个月了". */
export function bornBy(text: string, today: string): Span | undefined {
  const said = inDigits(text);
  const groups =
    /(?<!\d|差|满|到|按|前)(?<years>\d{1,2})(?:周)?岁(?!以|前|退|之|能|往)(?<half>半)?(?:零?(?<rest>1[01]|[1-9])个月)?|(?<!\d|差|前|后)(?<months>\d{1,2})个(?:多)?月(?:大|了|的娃|的孩子|的宝)/u.exec(
      said,
    )?.groups;
  if (!groups) return undefined;
  const known = groups.half !== undefined || groups.rest !== undefined || groups.months !== undefined;
  const age =
    groups.months === undefined ? Number(groups.years) * 12 + (groups.half ? 6 : 0) + Number(groups.rest ?? 0) : Number(groups.months);
  return { from: dateAfter(sameDayAfter(today, -age - (known ? 1 : 12)), 1), to: sameDayAfter(today, -age) };
}

/** "3月", "三月份", "腊月", "3", "农历三月": a month of a year that is known. */
export function monthIn(text: string, year: number): Span | undefined {
  const said = inDigits(text).replace(/[\s，,。.！!]/gu, '');
  const bare = /^(?:是|在|我是)?(1[0-2]|0?[1-9])$/u.exec(said)?.[1];
  if (bare !== undefined) return wholeMonth(`${year}-${twoDigits(Number(bare))}`);
  const groups = new RegExp(`(?<!\\d|年|个)${month}${day}`, 'u').exec(said)?.groups;
  return groups && monthOfYear(year, groups);
}

function ofMonth(groups: Groups, today: string): Span | undefined {
  const year = yearOf(groups, today);
  if (year !== undefined) return monthOfYear(year, groups);
  // Without a year: the last there was, or the next there is.
  const thisYear = Number(today.slice(0, 4));
  const here = monthOfYear(thisYear, groups);
  if (groups.ahead) return here && here.to < today ? monthOfYear(thisYear + 1, groups) : here;
  return here && here.from > today ? monthOfYear(thisYear - 1, groups) : here;
}

function monthOfYear(year: number, groups: Groups): Span | undefined {
  const said = groups.month ?? '';
  const number = lunarMonths[said] ?? Number(said);
  const first = `${year}-${twoDigits(number)}`;
  // A month of the farmers' calendar begins in the month of its number or the next, and ends one later.
  if (groups.lunar !== undefined || said in lunarMonths || groups.first !== undefined)
    return { from: `${first}-01`, to: lastDayOf(monthAfter(first, 2)), lunar: true };
  if (groups.day === undefined) return wholeMonth(first);
  const date = `${first}-${twoDigits(Number(groups.day))}`;
  return date <= lastDayOf(first) ? { from: date, to: date } : undefined;
}

function ofSeason(groups: Groups, today: string): Span | undefined {
  const year = yearOf(groups, today);
  const [first, last] = seasons[groups.season ?? ''] ?? [1, 12];
  return year === undefined ? undefined : { from: `${year}-${twoDigits(first)}-01`, to: lastDayOf(`${year}-${twoDigits(last)}`) };
}

function ofYear(groups: Groups, today: string): Span | undefined {
  const year = yearOf({ ...groups, year: groups.year ?? groups.yearOnly }, today);
  return year === undefined ? undefined : { from: `${year}-01-01`, to: `${year}-12-31` };
}

function ofNearMonth({ month: said = '', day: date }: Groups, today: string): Span | undefined {
  const count = said.startsWith('上') ? -said.length : said === '下' ? 1 : 0;
  const whole = wholeMonth(monthAfter(monthOf(today), count));
  if (date === undefined) return whole;
  const exact = `${whole.from.slice(0, 8)}${twoDigits(Number(date))}`;
  return exact <= whole.to ? { from: exact, to: exact } : undefined;
}

function ofAgo({ count = '', more, unit, half }: Groups, today: string): Span {
  const number = Number(count);
  if (unit === '天' || unit === '星期' || unit === '周') {
    const days = unit === '天' ? number : 7 * number;
    return around(dateAfter(today, -days), unit === '天' ? 1 : 5);
  }
  const months = unit === '年' ? 12 * number + (half ? 6 : 0) : number;
  const then = sameDayAfter(today, -months);
  if (more !== undefined) return { from: sameDayAfter(then, unit === '年' ? -12 : -1), to: then };
  return unit === '年' && !half ? around(then, 90) : around(then, 15);
}

function ofNear({ said = '' }: Groups, today: string): Span {
  const [from, to] = near[said] ?? [0, 0];
  return { from: dateAfter(today, from), to: dateAfter(today, to) };
}

/** Two digits mean the last century where they would lie ahead. */
function yearOf({ year: said, relative: word, yearOnly }: Groups, today: string): number | undefined {
  const now = Number(today.slice(0, 4));
  if (word !== undefined) return now + (relative[word] ?? 0);
  const written = said ?? yearOnly;
  if (written === undefined) return undefined;
  if (written.length === 4) return Number(written);
  return Number(written) > now % 100 ? 1900 + Number(written) : 2000 + Number(written);
}

function around(date: string, days: number): Span {
  return { from: dateAfter(date, -days), to: dateAfter(date, days) };
}

function wholeMonth(of: string): Span {
  return { from: `${of}-01`, to: lastDayOf(of) };
}
