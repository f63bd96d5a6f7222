import { type Span, spansOf } from './candidate.ts';
import type { Plain } from './plain.ts';

const gap = '[ .·\\-—_]?';
const digits = (count: number) => `\\d(?:${gap}\\d){${count - 1}}`;

const shapes = [
  // Passports and permits for 香港, 澳门 and 台湾: a letter and eight digits, or two letters and seven; 回乡证 with two more.
  `[EGDPSCWLTHMKJ]${gap}${digits(8)}`,
  `[HM]${gap}${digits(10)}`,
  `(?:[EC][A-HJ-NP-Z]|[DSP]E)${gap}${digits(7)}`,
  // Identity cards of 香港 and 台湾.
  `[A-Z]{1,2}${gap}\\d{6}${gap}\\([0-9A]\\)`,
  `[A-Z][12]\\d{8}`,
  // The permit of foreigners who live here, of former days: country and twelve digits.
  `[A-Z]{3}\\d{12}`,
  // Behind its label any that is long enough: 台胞证, passports of other countries, certificates.
  `(?<=(?:${[
    '护照|護照|台胞证|台胞證|通行证|通行證|回乡证|居留许可|居留证|签证|永居证|海员证|军官证|士兵证|警官证|社保卡|社会保障卡|医保卡',
    '学生证|驾驶证|驾照|结婚证|离婚证|出生证|出生医学证明|户口簿|不动产权证|房产证|工作证|教师证|导游证',
  ].join('|')})(?:号码?|號碼?|字号|编号|是|为|：|:|，|,|\\s){0,4})(?:\\p{Script=Han}字第?)?[A-Z0-9](?:${gap}[A-Z0-9]){5,17}`,
];
const permits = new RegExp(`(?<![A-Z0-9])(?:${shapes.map((shape) => `(?:${shape})`).join('|')})(?![A-Z0-9]|[-—]\\d)`, 'gu');

/** Until when it is good: no number of it. */
const day = /^(?:19|20)\d\d[ .\-—_]?(?:0?[1-9]|1[0-2])[ .\-—_]?\d{1,2}$/;

/** The numbers of passports and permits in a text. */
export function findPermits(plain: Plain): Span[] {
  return spansOf(permits, plain).filter(({ start, end }) => {
    const found = plain.text.slice(start, end);
    return found.replace(/\D/gu, '').length >= 4 && !day.test(found);
  });
}

/** @param permit as a plain text */
export function maskPermit(permit: string): string {
  const bare = permit.replace(/[^A-Z0-9]/gu, '');
  return `${/^[A-Z]{0,2}/.exec(bare)?.[0] ?? ''}****${bare.slice(-2)}`;
}
