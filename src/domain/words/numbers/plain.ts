/**
 * A text as numbers are looked for in it: NFKC, without format characters, every numeral as a digit, letters as capitals; with the way
 * back to where each character stood, so that what is no number stays to the letter.
 */

/** What a character is: a figure, a numeral of Chinese, a letter that looks like a digit, another letter, or a sign (blanks too). */
export type Style = 'figure' | 'numeral' | 'lookalike' | 'letter' | 'sign';

export interface Plain {
  /** One UTF-16 unit for each character that was kept; digits as 0 to 9, capitals. */
  readonly text: string;
  /** The same in which numerals of Chinese are no digits: "贵A12345一直停着". */
  readonly figures: string;
  readonly styles: readonly Style[];
  /** From where until where each stood in the text as it was typed. */
  readonly from: readonly number[];
  readonly until: readonly number[];
}

/** Numerals of Chinese: everyday, of banks, on the telephone, of Suzhou; the place of each says its value. */
const numerals = [
  '零〇○◯洞',
  '一壹弌幺么〡',
  '二贰貳弍两兩〢',
  '三叁叄參弎〣',
  '四肆〤',
  '五伍〥',
  '六陆陸〦',
  '七柒拐〧',
  '八捌〨',
  '九玖勾〩',
];
/** Circled digits that NFKC leaves as they are, from 1 on (⓪ and ① are no such). */
const circled = [0x2776, 0x2780, 0x278a, 0x24f5];
/** Letters that are typed for a digit, in capitals: Latin, Cyrillic, Greek. */
const lookalikes: Readonly<Record<string, string>> = { O: '0', О: '0', Ο: '0', I: '1', І: '1', Ι: '1', L: '1' };

const valueOfNumeral = new Map(numerals.flatMap((same, value) => [...same].map((each) => [each, String(value)] as const)));
/** Words that are numerals beside other numerals only: "洞", "拐", "勾", "么", "两". */
const onlyBeside = new Set('洞拐勾么两兩○◯');

const dropped = /^[\p{Cf}\p{Mn}\p{Me}\p{Cc}\p{Default_Ignorable_Code_Point}]$/u;
const isBlank = /^[\t\n\r\v\f]$/;

/** Linear in the length of the text. */
export function plainly(typed: string): Plain {
  const text: string[] = [];
  const styles: Style[] = [];
  const from: number[] = [];
  const until: number[] = [];
  let at = 0;
  for (const each of typed) {
    const end = at + each.length;
    if (dropped.test(each) && !isBlank.test(each)) {
      // A mark goes with what it stands on: "1️⃣".
      if (until.length > 0) until[until.length - 1] = end;
    } else
      for (const [char, style] of read(each)) {
        text.push(char);
        styles.push(style);
        from.push(at);
        until.push(end);
      }
    at = end;
  }
  settleWords(text, styles, typed, from);
  return {
    text: text.join(''),
    figures: text.map((char, index) => (styles[index] === 'numeral' ? '〇' : char)).join(''),
    styles,
    from,
    until,
  };
}

/** What one character stands for: often one character, sometimes several ("⑩", "㈠"). */
function read(each: string): [string, Style][] {
  const first = circled.find((begin) => (each.codePointAt(0) ?? 0) - begin >= 0 && (each.codePointAt(0) ?? 0) - begin < 9);
  if (first !== undefined) return [[String((each.codePointAt(0) ?? 0) - first + 1), 'figure']];
  if (each === '\u{1F51F}') return [...'10'].map((digit) => [digit, 'figure']);
  if (each === '⓿') return [['0', 'figure']];
  return [...each.normalize('NFKC').toUpperCase()].map((char) => readOne(char));
}

function readOne(char: string): [string, Style] {
  if (char >= '0' && char <= '9') return [char, 'figure'];
  const numeral = valueOfNumeral.get(char);
  if (numeral !== undefined) return [numeral, 'numeral'];
  if (char in lookalikes) return [char, 'lookalike'];
  if (/\p{Nd}/u.test(char)) return [digitOf(char), 'figure'];
  if (/\p{L}|\p{N}/u.test(char)) return [char.length === 1 ? char : '\uFFFD', 'letter'];
  return [char.length === 1 ? char : '\uFFFD', 'sign'];
}

/** A digit of another script. Their tens begin at a code that ends in 0 or 6 (Unicode, DerivedNumericType). */
function digitOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const zero = code & ~0xf;
  return String(/\p{Nd}/u.test(String.fromCodePoint(zero)) ? code - zero : code - zero - 6);
}

/** Puts back, as the words that they are, numerals that stand beside no other digit and look-alikes that are part of a word ("tel"). */
function settleWords(text: string[], styles: Style[], typed: string, from: readonly number[]): void {
  const isLatin = (index: number) =>
    styles[index] === 'lookalike' || (styles[index] === 'letter' && /^\p{Script=Latin}$/u.test(text[index] ?? ''));
  for (let begin = 0; begin < text.length; ) {
    let end = begin + 1;
    while (end < text.length && isLatin(begin) && isLatin(end)) end++;
    if (styles.slice(begin, end).includes('letter')) styles.fill('letter', begin, end);
    const original = typed[from[begin] ?? 0] ?? '';
    if (styles[begin] === 'numeral' && onlyBeside.has(original) && !isDigit(styles[begin - 1]) && !isDigit(styles[begin + 1])) {
      text[begin] = original;
      styles[begin] = 'letter';
    }
    begin = end;
  }
}

function isDigit(style: Style | undefined): boolean {
  return style === 'figure' || style === 'numeral';
}

/** The digit that a character of a plain text stands for; empty when it is none. */
export function digitAt({ text, styles }: Plain, index: number): string {
  const char = text[index] ?? '';
  return isDigit(styles[index]) ? char : styles[index] === 'lookalike' ? (lookalikes[char] ?? '') : '';
}
