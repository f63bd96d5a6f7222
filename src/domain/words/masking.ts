import { type Candidate, findNumbers } from './numbers/candidate.ts';
import { isAccount, isCard } from './numbers/card.ts';
import { isIdentity, isMistypedIdentity, maskIdentity } from './numbers/identity.ts';
import { findPermits, maskPermit } from './numbers/permit.ts';
import { plainly } from './numbers/plain.ts';
import { findPlates, maskPlate, plateProvinces } from './numbers/plate.ts';
import { isLandline, isMistypedMobile, isMobile, maskMobile } from './numbers/telephone.ts';

/**
 * Masks personal numbers in a text before it is stored, shown or logged (《个人信息保护法》§6: the least that is
 * needed). The last four digits of a phone stay, so that staff can find "the one ending in 1234".
 *
 * However a number is written it is first brought into one form (`plainly`), and then known by how many digits it has, by those that it
 * begins with, by its check digit where it has one, and by how it is parted. A longer run of digits is never taken for a shorter number
 * inside it. "5-1-302 13985801234" is a flat and a telephone number, not a bank card.
 */

export type PersonalKind = 'phone' | 'mobile' | 'id' | 'card' | 'plate' | 'permit';

/** A number that was masked, as it was typed and as it is shown. */
export interface FoundNumber {
  readonly kind: PersonalKind;
  readonly original: string;
  readonly masked: string;
}

export interface Masked {
  readonly text: string;
  /** What was masked, in order; empty when the text is as it was. */
  readonly found: readonly FoundNumber[];
}

const lastFour = (digits: string) => `****${digits.slice(-4)}`;

/** What a number may be, and how it is shown. */
interface Rule {
  readonly kind: PersonalKind;
  fits(candidate: Candidate): boolean;
  mask(digits: string): string;
}

/** One rule a kind of what has digits alone; the first that fits counts. */
const rules: readonly Rule[] = [
  { kind: 'mobile', fits: isMobile, mask: maskMobile },
  { kind: 'id', fits: isIdentity, mask: maskIdentity },
  { kind: 'card', fits: isCard, mask: lastFour },
  { kind: 'phone', fits: isLandline, mask: lastFour },
];

/** What only its label tells: with a digit too many or too few it is still somebody's. */
const labelled: readonly Rule[] = [
  { kind: 'mobile', fits: isMistypedMobile, mask: maskMobile },
  { kind: 'id', fits: isMistypedIdentity, mask: maskIdentity },
  { kind: 'card', fits: isAccount, mask: lastFour },
];

/** One rule a kind of what begins with a letter. */
const lettered = [
  { kind: 'plate', find: findPlates, mask: maskPlate },
  { kind: 'permit', find: findPermits, mask: maskPermit },
] as const;

/** Replaces every personal number in `text`, of all kinds or of some, by its masked form. Linear in the length of the text. */
export function mask(text: string, kinds?: readonly PersonalKind[]): Masked {
  if (!mayHoldNumber.test(text)) return { text, found: [] };
  const plain = plainly(text);
  const spans = [
    ...findNumbers(plain, rules, labelled).map(({ start, end, kind, digits }) => ({
      start,
      end,
      kind: kind.kind,
      masked: kind.mask(digits),
    })),
    ...lettered.flatMap(({ kind, find, mask }) =>
      find(plain).map(({ start, end }) => ({ start, end, kind, masked: mask(plain.text.slice(start, end)) })),
    ),
  ];
  const found: FoundNumber[] = [];
  let masked = '';
  let at = 0;
  for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const [from, until] = [plain.from[span.start] ?? 0, plain.until[span.end - 1] ?? 0];
    if (from < at || (kinds && !kinds.includes(span.kind))) continue;
    found.push({ kind: span.kind, original: text.slice(from, until), masked: span.masked });
    masked += text.slice(at, from) + span.masked;
    at = until;
  }
  return { text: masked + text.slice(at), found };
}

/** Most messages hold no numeral at all. */
const mayHoldNumber = /[\p{N}零壹贰貳叁叄參肆伍陆陸柒捌玖一二三四五六七八九幺洞]/u;

const label = '(?:我的?|本人)?(?:联系)?(?:电话|手机|号码|身份证|银行卡|卡|车牌|护照|通行证){0,3}(?:号码?)?(?:是|为|[:：])?[ ,，]?';
const maskedNumber = new RegExp(
  `${label}(?:\\d{3}|[${plateProvinces}军使][A-Z]?|[A-Z]{1,2})?\\*{4,11}[\\dA-Za-z挂学警港澳领使试超临]{1,4}`,
  'gu',
);

/** A masked text without the numbers and the words that announce them ("身份证520***…"): they do not tell what it is about. */
export function withoutNumbers(masked: string): string {
  return masked.includes('****') ? masked.replace(maskedNumber, ' ') : masked;
}
