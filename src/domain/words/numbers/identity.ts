import { type Candidate, isOneNumber } from './candidate.ts';

/** The first two digits: provinces (GB/T 2260), with those of residence permits for people from 台湾, 香港, 澳门 and abroad. */
const provinces = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9])/;
const born18 = /^\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/;
const born15 = /^\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/;
const label = /(?:身份证|身份證|证件|證件|社保卡?|医保卡?|残疾证|残疾人证|户口簿?|居住证|居留证)(?:号码?|號碼?|是|为|：|:|，|,|\s){0,14}$/u;

/**
 * The number of an identity card (GB 11643): 18 digits, or 15 of former days. Told by province and birthday, or by its check digit: a
 * mistyped one is still somebody's. A disability card adds two digits.
 */
export function isIdentity(candidate: Candidate): boolean {
  const { digits, sizes, gaps } = candidate;
  const inOne = sizes.length === 1;
  if (digits.length === 20) return inOne && provinces.test(digits) && born18.test(digits.slice(0, 18));
  if (digits.length === 18) {
    const fits = provinces.test(digits) && born18.test(digits);
    if (fits) return gaps.every(({ unit }) => !unit) || sizes.length <= 6;
    return inOne && (digits.endsWith('X') || provinces.test(digits) || born18.test(digits) || checks(digits));
  }
  return digits.length === 15 && provinces.test(digits) && born15.test(digits) && isOneNumber(candidate);
}

/** Behind its label one with digits too many or too few. */
export function isMistypedIdentity(candidate: Candidate): boolean {
  const { digits, before } = candidate;
  return digits.length >= 13 && digits.length <= 19 && label.test(before) && isOneNumber(candidate);
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** ISO 7064, MOD 11-2. */
function checks(digits: string): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return '10X98765432'[sum % 11] === digits[17];
}

export function maskIdentity(digits: string): string {
  const id = digits.length > 18 ? digits.slice(0, 18) : digits;
  return `${id.slice(0, 3)}${'*'.repeat(Math.min(11, Math.max(4, id.length - 5)))}${id.slice(-2)}`;
}
