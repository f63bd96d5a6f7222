import { inDigits } from '../words/digits.ts';
import { lastDayOf, monthAfter, monthOf, sameDayAfter } from './calendar-month.ts';
import { dateAfter, twoDigits } from './clock-time.ts';
import { readDay } from './spoken-time.ts';
import { datesIn } from './told-date.ts';

/** The one day that somebody tells who wants to be reminded: "3月5号", "下周二", "月底", "三个月后", "12月20号以前", "2034.3.5". */

/** A day, or from when to when it may be; yyyy-MM-dd in Shanghai, both included. */
export interface ToldDay {
  readonly from: string;
  readonly to: string;
  /** It was told by the farmers' calendar: it may be any of these days. */
  readonly lunar?: true;
}

interface Shape {
  readonly shape: RegExp;
  read(match: RegExpExecArray, today: string): ToldDay | undefined;
}

const unit = '(?<unit>天|个?星期|个?礼拜|周|个月|年)';

const near: Readonly<Record<string, number>> = { 大后天: 3, 后天: 2 };

/** What lies ahead, in the order in which it is looked for; in a text whose numerals are digits. */
const shapes: readonly Shape[] = [
  { shape: /(?:(?<next>下)个?|[这本]个?|(?<month>1[0-2]|[1-9]))?月(?<edge>底|末|初(?!\d))/u, read: edgeOfMonth },
  { shape: new RegExp(`(?<count>\\d{1,3})${unit}(?:以|之|过)?后|(?:还有|过)(?<left>\\d{1,3})天(?!的?时候)`, 'u'), read: later },
  { shape: /半(?<half>年|个月)(?:以|之|过)?后/u, read: ({ groups }, today) => daysLater(today, groups?.half === '年' ? 183 : 15) },
  { shape: /大后天|后天|[今明](?:天|早|晚)/u, read: ([said], today) => daysLater(today, near[said] ?? (said.startsWith('明') ? 1 : 0)) },
];

/** Last of all, where there is nothing plainer. */
const vague: readonly Shape[] = [
  { shape: /(?<![\d月])(?<day>3[01]|[12]\d|[1-9])[号日](?![楼栋院线门幢房店])/u, read: ([said], today) => exactly(readDay(said, today)) },
  { shape: /年[底末]/u, read: (_, today) => ({ from: `${today.slice(0, 4)}-12-01`, to: `${today.slice(0, 4)}-12-31` }) },
];

/** Days of the week keep their own numerals. */
const ofWeek = /(?:这|本|下{1,9})?个?(?:周|星期|礼拜)[日天一二三四五六]/u;

/**
 * The day that a text tells of. A day without its year is the next there is, or the last one where it lies behind (`ahead` is false), as
 * a birth does. `noSuchDay`: it names one that the calendar does not have.
 * @param today yyyy-MM-dd in Shanghai
 */
export function dayIn(text: string, today: string, ahead = true): ToldDay | 'noSuchDay' | undefined {
  // Of what comes each month or year the next one.
  const said = inDigits(text).replace(/每个?[月年]的?(?=\d)|(?<=个)(?=\d{1,2}月\d{1,2}[日号])/gu, ' ');
  if (namesNoDay(said, today)) return 'noSuchDay';
  const first = ahead
    ? (readBy(shapes, said, today) ?? exactly(readDay(ofWeek.exec(text.normalize('NFKC'))?.[0] ?? '', today)))
    : undefined;
  const [date] = first ? [] : datesIn(said, today, ahead);
  if (date) return { from: date.from, to: date.to, ...(date.lunar ? { lunar: true } : {}) };
  return first ?? (ahead ? (readBy(vague, said, today) ?? alone(said, today)) : undefined);
}

/** How many days before the day itself somebody wants to hear of it: "提前三天", "到期前一周", "12月20号以前". 0 when nothing is said of it. */
export function daysBefore(text: string): number {
  const said = inDigits(text);
  const groups = new RegExp(`(?:提前|(?<!\\d[天周月年])前)(?<count>\\d{1,3})${unit}|还有(?<left>\\d{1,3})天的?时候`, 'u').exec(
    said,
  )?.groups;
  if (groups) return groups.left === undefined ? Number(groups.count) * daysOf(groups.unit ?? '') : Number(groups.left);
  return /(?:[日号底末]|[明后]天|周.|星期.|礼拜.)(?:以前|之前|前(?!\d))/u.test(said) ? 1 : 0;
}

const numeral = '[\\d一二两三四五六七八九十〇零]';
const span = `(?:天|个?星期|个?礼拜|周|个月|年)`;
const dayWords = [
  `(?:(?:今|明|后)年的?|${numeral}{2,4}年)?(?:农历|阴历)?(?:${numeral}{1,3}|正|冬|腊)月(?:份|[底末初])?(?:的?初?${numeral}{1,3}[日号]?)?`,
  `(?:这|本|下)个?月(?:[底末初]|的?${numeral}{1,3}[日号])?`,
  `(?:这|本|下){0,3}个?(?:周|星期|礼拜)[日天一二三四五六]`,
  `(?:过|还有)?${numeral}{1,3}${span}(?:以|之|过)?后|半(?:年|个月)(?:以|之)?后|提前${numeral}{1,3}${span}|每个?${span}`,
  `(?:${numeral}{4}[-./])?${numeral}{1,2}[-./]${numeral}{1,2}|\\d{8}|${numeral}{1,3}[日号]|大?后天|[今明](?:天|早|晚)|月[底末初]|年[底末]|明年`,
].join('|');
const hours = `(?:的?(?:早上|早晨|上午|中午|下午|晚上))?(?:${numeral}{1,3}点(?:半|钟|${numeral}{1,3}分?)?)?`;
const dayAtEnd = new RegExp(
  `^(?:${dayWords})${hours}(?:以前|之前|前|那天|的时候)?|(?:${dayWords})${hours}(?:以前|之前|前|那天|的时候)?$`,
  'u',
);

/** A text without the days that stand at its beginning and end: "下周二早上九点去社区" → "去社区". */
export function withoutDays(text: string): string {
  const rest = text
    .trim()
    .replace(dayAtEnd, '')
    .replace(/^[\p{P}\p{Z}]+|(?<![\p{P}\p{Z}])[\p{P}\p{Z}]+$/gu, '');
  return rest === text ? rest : withoutDays(rest);
}

function readBy(list: readonly Shape[], said: string, today: string): ToldDay | undefined {
  for (const { shape, read } of list) {
    const match = shape.exec(said);
    const day = match ? read(match, today) : undefined;
    if (day) return day;
  }
  return undefined;
}

function edgeOfMonth({ groups = {} }: RegExpExecArray, today: string): ToldDay {
  const thisMonth = monthOf(today);
  const named = groups.month === undefined ? undefined : `${today.slice(0, 4)}-${twoDigits(Number(groups.month))}`;
  const month = named ?? (groups.next === undefined ? thisMonth : monthAfter(thisMonth, 1));
  const edge = edgeOf(month, groups.edge ?? '');
  if (edge.to >= today) return edge;
  return edgeOf(monthAfter(month, named === undefined ? 1 : 12), groups.edge ?? '');
}

/** The first or the last five days of a month. */
function edgeOf(month: string, edge: string): ToldDay {
  const last = lastDayOf(month);
  return edge === '初' ? { from: `${month}-01`, to: `${month}-05` } : { from: dateAfter(last, -4), to: last };
}

function later({ groups = {} }: RegExpExecArray, today: string): ToldDay {
  if (groups.left !== undefined) return daysLater(today, Number(groups.left));
  const count = Number(groups.count);
  if (groups.unit === '年' || groups.unit === '个月') {
    const day = sameDayAfter(today, groups.unit === '年' ? 12 * count : count);
    return { from: day, to: day };
  }
  return daysLater(today, count * daysOf(groups.unit ?? ''));
}

function daysOf(word: string): number {
  if (word === '年') return 365;
  return word.endsWith('月') ? 30 : word === '天' ? 1 : 7;
}

function daysLater(today: string, days: number): ToldDay {
  const day = dateAfter(today, days);
  return { from: day, to: day };
}

/** A message that is a day and nothing else: "3.5", "3/5". */
function alone(said: string, today: string): ToldDay | undefined {
  return exactly(
    readDay(said.replace(/^[\s是在]+|(?<![\s。,.！!的])[\s。,.！!的]+$/gu, '').replace(/^(\d{1,2})\.(\d{1,2})$/u, '$1-$2'), today),
  );
}

function exactly(day: string | undefined): ToldDay | undefined {
  return day === undefined ? undefined : { from: day, to: day };
}

/** Whether it names a day that neither its year nor, without one, this year and its neighbours have: "2月30日", "4月31号", "13月5号". */
function namesNoDay(said: string, today: string): boolean {
  const named =
    /(?<!\d)(?:(?<year>\d{4})\s*[年./-]\s*)?(?<month>\d{1,2})月(?<day>\d{1,2})[日号]|(?<!\d)(?<fullYear>\d{4})\s*[./-]\s*(?<fullMonth>\d{1,2})\s*[./-]\s*(?<fullDay>\d{1,2})(?!\d)/u.exec(
      said,
    )?.groups;
  if (!named) return false;
  const year = named.year ?? named.fullYear;
  const month = Number(named.month ?? named.fullMonth);
  const day = Number(named.day ?? named.fullDay);
  const thisYear = Number(today.slice(0, 4));
  const years = year === undefined ? [thisYear - 1, thisYear, thisYear + 1] : [Number(year)];
  return !years.some((each) => month >= 1 && month <= 12 && day >= 1 && day <= Number(lastDayOf(`${each}-${twoDigits(month)}`).slice(8)));
}
