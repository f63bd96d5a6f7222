import { type Candidate, isOneNumber } from './candidate.ts';

const label = /(?:银行卡|卡号|卡號|账号|帐号|账户|存折|一卡通)(?:号码?|是|为|：|:|，|,|\s){0,14}$/u;

/** The number of a bank card or an account: 16 to 19 digits from 3 to 6 or 9 (62 is 银联's, 9 of older cards), others by their check digit. */
export function isCard(candidate: Candidate): boolean {
  const { digits, sizes, gaps } = candidate;
  if (!/^\d{15,19}$/.test(digits)) return false;
  if (digits.length < 16) return digits.length === 15 && /^3[47]/.test(digits) && luhn(digits) && isOneNumber(candidate);
  if (sizes.length === 1) return /^[3-69]/.test(digits) || luhn(digits);
  if (!/^[3-69]/.test(digits) || !isOneNumber(candidate)) return false;
  const bySigns = gaps.every(({ signs, text }) => signs && !/[,;、，；。]/u.test(text));
  // Four amounts of four digits end in noughts; a card seldom does in each of its blocks.
  const round = sizes.every((size) => size >= 3) && blocksOf(candidate).every((block) => block.endsWith('0'));
  return luhn(digits) || (bySigns && !round) || /^(?:62|95588|9)/.test(digits);
}

/** Behind its label one of any length. */
export function isAccount(candidate: Candidate): boolean {
  const { digits, before } = candidate;
  return /^\d{10,19}$/.test(digits) && label.test(before) && isOneNumber(candidate);
}

function blocksOf({ digits, sizes }: Candidate): string[] {
  let at = 0;
  return sizes.map((size) => {
    at += size;
    return digits.slice(at - size, at);
  });
}

/** The check digit of ISO/IEC 7812. */
function luhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
