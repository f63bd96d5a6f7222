import { digitAt, type Plain, type Style } from './plain.ts';

/**
 * Digits that may be one number: blocks of them that follow each other, with what stands between. A number is known by how many digits
 * it has, by those that it begins with, by its check digit where it has one, and by how people part it when they write it down.
 */
export interface Candidate {
  /** With "X" at the end where one may be the last digit of an ID. */
  readonly digits: string;
  /** How many digits stand in each block. */
  readonly sizes: readonly number[];
  /** What stands between the blocks. */
  readonly gaps: readonly Gap[];
  /** What stands before it: a label, perhaps. */
  readonly before: string;
}

export interface Gap {
  readonly text: string;
  /** Signs and blanks alone. */
  readonly signs: boolean;
  /** It holds a word of measure ("栋", "元", "年"): what stands beside it is a number of its own. */
  readonly unit: boolean;
}

/** Digits that stand together and are written alike; a numeral of Chinese stands alone, since a word may follow it ("一直"). */
interface Group {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  readonly style: Style;
  /** What stands between it and the next one; undefined where no number goes on. */
  gap?: Gap;
}

/** Where digits stand that may be a number. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a shape stands: in figures, and where numerals of Chinese make it. */
export function spansOf(shape: RegExp, { figures, text }: Plain): Span[] {
  const spans = (said: string) => [...said.matchAll(shape)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }));
  const plainly = spans(figures);
  const taken = new Set(plainly.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index)));
  return [...plainly, ...spans(text).filter(({ start }) => !taken.has(start))];
}

/** No number of anybody has more digits, with its prefix. */
const mostDigits = 26;
const mostGroups = 40;
/** So many characters may stand between two blocks of a number: of all kinds, and of letters alone. */
const longestGap = 8;
const mostLetters = 6;
const labelLength = 14;

const units =
  /[栋棟幢座楼樓层層单單元号號室户戶门門组組队区區街路巷弄村寨年月日天时時分秒周块塊角毛钱錢万萬千百十亿度吨噸斤克两米里方平人口个個次件份项條条张張本台辆只头家岁歲期届倍成折线路班级%％℃]|[CMK]M|K[GWV]|ML|(?<![A-Z])[GMLWVA](?![A-Z])/u;
/** Words that people say between the parts of one number. */
const joining = /号码|号碼|电话|手机|区号|前面|中间|后面|後面|最后|末尾|尾号|然后|接着|再来|[前中后末]?[几\d]?位数?|分机/gu;

function gapOf({ text, styles }: Plain, start: number, end: number): Gap | undefined {
  const between = text.slice(start, end);
  if (between.length > longestGap || between.includes('*')) return undefined;
  const letters = styles.slice(start, end).filter((style) => style !== 'sign').length;
  if (letters > mostLetters) return undefined;
  return { text: between.replace(/\s/gu, ' '), signs: letters === 0, unit: letters > 0 && units.test(between.replace(joining, '')) };
}

/** All digits of a text, group by group. */
function groupsOf(plain: Plain): Group[] {
  const { text, styles } = plain;
  const groups: Group[] = [];
  for (let start = 0; start < text.length; ) {
    const style = styles[start];
    if (style === undefined || style === 'letter' || style === 'sign') {
      start++;
      continue;
    }
    let end = start + 1;
    while (style !== 'numeral' && styles[end] === style) end++;
    // "中间四位": how many there are, and none of them.
    const counts = end === start + 1 && text[end] === '位';
    const digits = Array.from({ length: end - start }, (_, index) => digitAt(plain, start + index)).join('');
    if (!counts) groups.push({ start, end, digits, style });
    start = end;
  }
  for (const [index, group] of groups.entries()) {
    const next = groups[index + 1];
    const gap = next && gapOf(plain, group.end, next.start);
    if (gap) group.gap = gap;
  }
  return groups;
}

/** The number of a case or an alarm, in whatever community: letters, a day, what is counted. */
const caseNumber = /(?<![A-Z0-9])(?:[A-Z]{2,4}[- ]?|[A-Z](?=\d{6}-))\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-—_ ]?\d{3,6}(?!\d)/gu;

/** Groups that are nobody's number: of a case, and what a mask has left of one. */
function setAside({ text }: Plain, groups: readonly Group[]): Set<Group> {
  const cases = [...text.matchAll(caseNumber)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }));
  let next = 0;
  return new Set(
    groups.filter(({ start, end }) => {
      while ((cases[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
      return text[start - 1] === '*' || text[end] === '*' || start >= (cases[next]?.start ?? Number.POSITIVE_INFINITY);
    }),
  );
}

/** How people mostly part a number: telephones, IDs, cards. */
const usual = /^(?:\d,)?(?:3,4,4|[34],[78]|6,8,4|6,4,4,4|4,4,4,4(?:,\d)?)$/;

/**
 * What is looked for one after another: what stands in one piece, what is parted as people mostly do, then in any way. "5-1-302 13985801234"
 * and "12-3-1501 139 8580 1234" are a flat and a telephone number.
 */
const looks: readonly { readonly reach: Reach; fits(candidate: Candidate): boolean }[] = [
  { reach: 'group', fits: () => true },
  { reach: 'block', fits: () => true },
  { reach: 'gaps', fits: ({ sizes }) => usual.test(sizes.join()) },
  { reach: 'gaps', fits: () => true },
];

/** How far a number is looked for: in figures alone, in what stands together, over what stands between. */
type Reach = 'group' | 'block' | 'gaps';

/** A number that was found, and what it is. */
export interface Found<Kind> extends Span {
  readonly kind: Kind;
  readonly digits: string;
}

/**
 * Finds the numbers of a text. At each place the longest counts. Linear in the length of the text.
 * @param kinds what a candidate may be, the plainest kinds first: each is looked for in all of the text before the next
 */
export function findNumbers<Kind extends { fits(candidate: Candidate): boolean }>(
  plain: Plain,
  ...kinds: (readonly Kind[])[]
): Found<Kind>[] {
  const groups = groupsOf(plain);
  const taken = setAside(plain, groups);
  const found: Found<Kind>[] = [];
  for (const some of kinds)
    for (const { reach, fits } of looks) {
      const kindOf = (candidate: Candidate) => (fits(candidate) ? some.find((kind) => kind.fits(candidate)) : undefined);
      for (let first = 0; first < groups.length; first++) {
        const best = longestFrom(plain, groups, first, taken, reach, kindOf);
        if (!best) continue;
        for (const group of groups.slice(first, best.last + 1)) taken.add(group);
        found.push(best);
        first = best.last;
      }
    }
  return found;
}

function longestFrom<Kind>(
  plain: Plain,
  groups: readonly Group[],
  first: number,
  taken: ReadonlySet<Group>,
  reach: Reach,
  kindOf: (candidate: Candidate) => Kind | undefined,
): (Found<Kind> & { last: number }) | undefined {
  const begin = groups[first];
  if (!begin) return undefined;
  let best: (Found<Kind> & { last: number }) | undefined;
  let digits = '';
  let lookalikes = 0;
  const sizes: number[] = [];
  const gaps: Gap[] = [];
  const before = plain.text.slice(Math.max(0, begin.start - labelLength), begin.start);
  for (let last = first; last < groups.length && last < first + mostGroups; last++) {
    const group = groups[last];
    if (!group || taken.has(group) || digits.length > mostDigits) break;
    const gap = last === first ? undefined : groups[last - 1]?.gap;
    if (last > first && (!gap || reach === 'group' || (reach === 'block' && gap.text !== ''))) break;
    if (gap?.text === '' && sizes.length > 0) sizes.push((sizes.pop() ?? 0) + group.digits.length);
    else {
      sizes.push(group.digits.length);
      if (gap) gaps.push(gap);
    }
    digits += group.digits;
    if (group.style === 'lookalike') lookalikes += group.digits.length;
    if (lookalikes * 2 > digits.length) continue;
    for (const { tail, end } of endings(plain, group.end, digits.length)) {
      const kind = kindOf({ digits: digits + tail, sizes, gaps, before });
      if (kind !== undefined) best = { start: beginOf(plain.text, begin.start, end), end, kind, digits: digits + tail, last };
    }
  }
  return best;
}

const country = /(?<!\d)(?:\+|\+?\(?\+?(?:00)?86\)?[ \-—]{0,2}|1(?:7951|2593)[ \-—]|\()$/;

/** With what stands before a number: "+86 ", "(0851)". */
function beginOf(text: string, start: number, end: number): number {
  const [found] = country.exec(text.slice(Math.max(0, start - 9), start)) ?? [''];
  return found === '(' && !text.slice(start, end).includes(')') ? start : start - found.length;
}

const lastOfId = /^[ .·\-—_/]{0,2}([XХΧ×叉])(\d{2}(?:B\d)?)?(?![A-Z0-9])/u;

/** Where a candidate may end: behind its digits, and behind the X of an ID, with what a disability card adds to it. */
function endings({ text }: Plain, end: number, length: number): { tail: string; end: number }[] {
  const found = length === 17 ? lastOfId.exec(text.slice(end, end + 8)) : null;
  const plainEnd = { tail: '', end };
  return found ? [plainEnd, { tail: 'X', end: end + found[0].length }] : [plainEnd];
}

/** How the blocks of one number are parted, as far as that shows that they are one. */
export function isOneNumber({ digits, sizes, gaps, before }: Candidate): boolean {
  if (gaps.length === 0) return true;
  const singles = sizes.every((size) => size === 1);
  const broad = sizes.every((size) => size >= 3);
  const alike = gaps.every(({ text }) => text.trim() === gaps[0]?.text.trim());
  if (isList(digits, sizes)) return false;
  if (gaps.every(({ signs }) => signs)) {
    if (singles || broad) return true;
    const listed = gaps.some(({ text }) => /[,;、，；。:：\n]/u.test(text));
    return !listed && alike && (sizes.length >= 5 || sizes.slice(1, -1).every((size) => size >= 2));
  }
  if (!singles && !broad) return false;
  if (alike && gaps.length >= 2) return true;
  if (gaps.some(({ unit }) => unit)) return false;
  return labelled(before) || gaps.every(({ signs, text }) => signs || joins(text));
}

const joiners = /^(?:转|拐|杠|横|空格|空|点|再|再来|然后|接着|后面|中间|最后|末尾|尾号|号码|是|的|啊|呀|哈|嗯|呃|呢|那个|减|加|到|和|X)+$/u;

/** Whether words between two blocks do nothing but join them; one character may be any. */
function joins(text: string): boolean {
  const words = text.replace(/[\p{P}\p{S}\p{Z}]/gu, '');
  return words.length <= 1 || joiners.test(words.replace(joining, '的'));
}

const label =
  /(?:电话|電話|手机|手機|座机|固话|号码|號碼|联系|聯系|聯繫|打|拨|身份证|身份證|证件|卡号|卡號|账号|帐号|账户|银行卡|存折)(?:号码?|是|为|：|:|，|,|改成|换成|上|这个|这里|也|叫|\s){0,14}$/u;

/** Whether what stands before says that a number follows. */
export function labelled(before: string): boolean {
  return label.test(before);
}

/** Blocks that count up by little steps are a list of houses, rooms or readings ("13、14、15", "4012 4188 4302"). */
function isList(digits: string, sizes: readonly number[]): boolean {
  if (sizes.length < 3 || sizes.every((size) => size === 1)) return false;
  let at = 0;
  const values = sizes.map((size) => {
    at += size;
    return Number(digits.slice(at - size, at));
  });
  const most = Math.max(...sizes) <= 2 ? 20 : 250;
  return values.every((value, index) => index === 0 || (value > (values[index - 1] ?? 0) && value - (values[index - 1] ?? 0) <= most));
}
