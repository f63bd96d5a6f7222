/**
 * Masks personal numbers in a text before it is stored, shown or logged (《个人信息保护法》§6: the least that is
 * needed). The last four digits of a phone stay, so that staff can find "the one ending in 1234".
 *
 * Numbers are recognised by their shape alone, also with a wrong check digit: a mistyped ID is still somebody's.
 * Separators people type inside a number (spaces, dashes) are allowed; a longer run of digits is never taken for a
 * shorter number inside it. "5-1-302 13985801234" is a flat and a telephone number, not a bank card.
 */

export type PersonalKind = 'phone' | 'mobile' | 'id' | 'card' | 'plate';

export interface Masked {
  readonly text: string;
  /** What was masked, in order, with the original; empty when the text is as it was. */
  readonly found: readonly { readonly kind: PersonalKind; readonly original: string }[];
}

const gap = '[\\s\\p{Cf}()（）\\-—_.]{0,3}';
const run = (count: string, digit = '\\d') => `(?:${digit}${gap}){${count}}`;
const mobile = `(?:\\+?86${gap})?1[3-9]${gap}${run('8')}\\d`;
/** Digits as dictation writes them down, 0 to 9, then other words for 0 and 1. */
const spokenDigits = '零一二三四五六七八九〇幺';
/** Keeps a number of a flat, before a telephone number, from being read with it as one longer number. */
const notAfterFlat = `(?!\\d{1,4}(?:[-—]\\d{1,4}){0,3}[\\s()（）]{1,3}${mobile}(?!\\d))`;
const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';

/** One alternative a kind; the first that fits at a place wins, so longer numbers stand first. */
const shapes: readonly { kind: PersonalKind; source: string; mask: (digits: string) => string }[] = [
  { kind: 'id', source: `${notAfterFlat}[1-9]${gap}${run('16')}[\\dXx]`, mask: (d) => `${d.slice(0, 3)}***********${d.slice(-2)}` },
  { kind: 'card', source: `${notAfterFlat}(?:[3-6]${gap})${run('14,17')}\\d`, mask: (d) => `****${d.slice(-4)}` },
  {
    kind: 'id',
    source: `${notAfterFlat}[1-9]${gap}${run('5')}\\d${gap}\\d${gap}[01]${gap}\\d${gap}[0-3]${gap}\\d${gap}${run('2')}\\d`,
    mask: (d) => `${d.slice(0, 3)}**********${d.slice(-2)}`,
  },
  { kind: 'mobile', source: `${notAfterFlat}${mobile}`, mask: maskMobile },
  { kind: 'mobile', source: '1[3-9]\\d[,，、/·]\\d{4}[,，、/·]\\d{4}', mask: maskMobile },
  { kind: 'mobile', source: '[一幺][三四五六七八九][零〇一幺二三四五六七八九]{9}', mask: maskMobile },
  { kind: 'phone', source: `0\\d{2,3}${gap}[2-8]\\d{6,7}`, mask: (d) => `****${d.slice(-4)}` },
  {
    kind: 'plate',
    source: `[${provinces}][A-HJ-NP-Za-hj-np-z][·• ]?[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳]`,
    mask: (p) => `${p.slice(0, 2)}****${p.slice(-1)}`,
  },
];

const anyShape = new RegExp(
  shapes.map(({ kind, source }) => (kind === 'plate' ? `(${source})` : `(?<![\\d])(${source})(?!\\d)`)).join('|'),
  'gu',
);

/** Replaces every personal number in `text`, of all kinds or of some, by its masked form. Linear in the length of the text. */
export function mask(text: string, kinds?: readonly PersonalKind[]): Masked {
  const found: { kind: PersonalKind; original: string }[] = [];
  const masked = halfWidth(text).replace(anyShape, (...match) => {
    const index = shapes.findIndex((_, i) => match[i + 1] !== undefined);
    const shape = shapes[index];
    const original = String(match[0]);
    if (!shape || (kinds && !kinds.includes(shape.kind))) return original;
    found.push({ kind: shape.kind, original });
    return shape.mask(shape.kind === 'plate' ? original : digitsOf(original));
  });
  return found.length === 0 ? { text, found } : { text: masked, found };
}

function maskMobile(digits: string): string {
  return `${digits.slice(-11, -8)}****${digits.slice(-4)}`;
}

/** A number without its separators, in figures. */
function digitsOf(number: string): string {
  const figures = number.replace(/[零〇一幺二三四五六七八九]/gu, (digit) => String(spokenDigits.indexOf(digit) % 10));
  return figures.replace(/[^\dXx]/g, '');
}

/** Full-width digits and letters as plain ones; everything else stays as the resident wrote it. */
function halfWidth(text: string): string {
  return text.replace(/[０-９Ａ-Ｚａ-ｚ＋－]/gu, (wide) => wide.normalize('NFKC'));
}

const label = '(?:我的?|本人)?(?:联系)?(?:电话|手机|号码|身份证|银行卡|卡|车牌)*(?:号码?)?(?:是|为|[:：])?[ ,，]?';
const maskedNumber = new RegExp(`${label}(?:\\d{3}|[${provinces}][A-Za-z])?\\*{4,11}[\\dA-Za-z挂学警港澳]{1,4}`, 'gu');

/** A masked text without the numbers and the words that announce them ("身份证520***…"): they do not tell what it is about. */
export function withoutNumbers(masked: string): string {
  return masked.includes('****') ? masked.replace(maskedNumber, ' ') : masked;
}
