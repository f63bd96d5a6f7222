/** Numbers as people write them, in digits: for reading dates, spans and sums, never for what is kept or said. */

const digit = '零〇一二三四五六七八九';
const values: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 };
/** "干了七八年": two numerals that follow each other, behind a word of lasting, are two numbers and no year. */
const eitherOr = /(?<=[干做交缴待断有满约概多了够]|工作|上班)(一二|一两|两三|二三|三四|四五|五六|六七|七八|八九)(?=年|个月)/gu;
const run = new RegExp(`[${digit}两十百千万]+`, 'gu');

/**
 * A text with its Chinese numerals in digits: "七八年三月" → "78年3月", "干了十二年半" → "干了12年半", "一万二" → "12000", "干了七八年" → "干了7~8年".
 * Digits beside a unit are numerals too: "3千5", "1.2万". Full-width forms become plain ones. What is no numeral ("千万") stays.
 */
export function inDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(eitherOr, (pair) => [...pair].map((each) => values[each]).join('~'))
    .replace(run, (said) => spelt(said) ?? said)
    .replace(/(?<!\d)(\d+(?:\.\d+)?)([万千百])(\d(?!\d))?/gu, (_, number: string, unit: string, rest: string | undefined) => {
      const size = units[unit] ?? 1;
      return String(Math.round(Number(number) * size) + Number(rest ?? 0) * (size / 10));
    });
}

/** One run of numerals: by its units where it has some, else digit by digit. Undefined when it is no number. */
function spelt(said: string): string | undefined {
  if (![...said].some((each) => each in units)) return [...said].map((each) => values[each]).join('');
  let total = 0;
  let part = 0;
  let last = 1;
  let number: number | undefined;
  for (const each of said) {
    const unit = units[each];
    if (unit === undefined) {
      // "一一百" is none; "两千零五十" is one.
      if (number !== undefined && number !== 0) return undefined;
      number = values[each] ?? 0;
      continue;
    }
    if (number === undefined && !(unit === 10 && part === 0 && total === 0) && unit !== 10_000) return undefined;
    if (unit === 10_000) {
      if (number === undefined && part === 0) return undefined;
      total = (part + (number ?? 0)) * unit;
      part = 0;
    } else part += (number ?? 1) * unit;
    last = unit;
    number = undefined;
  }
  // "三千五": the digit behind a unit counts a tenth of it, but not in "三千零五" and "二十五".
  const tenth = last > 10 && said.at(-2) !== '零' && said.at(-2) !== '〇' ? last / 10 : 1;
  return String(total + part + (number ?? 0) * tenth);
}
