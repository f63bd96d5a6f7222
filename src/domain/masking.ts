/**
 * Masks personal numbers in a text before it is stored, shown or logged (《个人信息保护法》§6: the least that is
 * needed). The last four digits of a phone stay, so that staff can find "the one ending in 1234".
 *
 * Numbers are recognised by their shape alone, also with a wrong check digit: a mistyped ID is still somebody's.
 * Separators people type inside a number (spaces, dashes) are allowed; a longer run of digits is never taken for a
 * shorter number inside it.
 */

export type PersonalKind = 'phone' | 'mobile' | 'id' | 'card' | 'plate';

export interface Masked {
  readonly text: string;
  /** What was masked, in order, with the original; empty when the text is as it was. */
  readonly found: readonly { readonly kind: PersonalKind; readonly original: string }[];
}

const gap = '[\\s\\p{Cf}()（）\\-—_.]{0,3}';
const run = (count: string, digit = '\\d') => `(?:${digit}${gap}){${count}}`;
const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';

/** One alternative a kind; the first that fits at a place wins, so longer numbers stand first. */
const shapes: readonly { kind: PersonalKind; source: string; mask: (digits: string) => string }[] = [
  { kind: 'id', source: `[1-9]${gap}${run('16')}[\\dXx]`, mask: (d) => `${d.slice(0, 3)}***********${d.slice(-2)}` },
  { kind: 'card', source: `(?:[3-6]${gap})${run('14,17')}\\d`, mask: (d) => `****${d.slice(-4)}` },
  {
    kind: 'id',
    source: `[1-9]${gap}${run('5')}\\d${gap}\\d${gap}[01]${gap}\\d${gap}[0-3]${gap}\\d${gap}${run('2')}\\d`,
    mask: (d) => `${d.slice(0, 3)}**********${d.slice(-2)}`,
  },
  { kind: 'mobile', source: `(?:\\+?86${gap})?1[3-9]${gap}${run('8')}\\d`, mask: (d) => `${d.slice(-11, -8)}****${d.slice(-4)}` },
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
    return shape.mask(shape.kind === 'plate' ? original : original.replace(/[^\dXx]/g, ''));
  });
  return found.length === 0 ? { text, found } : { text: masked, found };
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
