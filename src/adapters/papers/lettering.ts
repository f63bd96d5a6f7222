import { pinyin } from 'pinyin-pro';
import type { Font } from './font.ts';
import type { Signs } from './signs.ts';

/** Words in one weight of a font. */
export interface Lettering {
  /**
   * The words as this font can show them: an emoji that means something becomes its word, what else is no writing is left out, and in the
   * place of a character that the font lacks stands how it is read.
   */
  shown(words: string): string;
  /** How wide the words are, in px. */
  width(words: string, size: number): number;
  /** The words in lines no wider than that, broken as Chinese is: no stop begins a line, no opening bracket ends one, Latin words and numbers stay whole. */
  lines(words: string, size: number, width: number): string[];
  /** The words, or as many of them as fit with "…". */
  fitted(words: string, size: number, width: number): string;
}

/** In the place of a character that neither can be drawn nor read. */
const unknown = '？';
const opening = '“‘（《〈「『【〔［(\\[';
const closing = '”’）》〉」』】〕］)\\]，。、；：！？,;:!?…—～·％%℃°';
const measures = '[年月日号点时分秒元角件条栋幢楼层室户人个位名天周岁次点]';
const unbroken = `[\\p{Script=Latin}\\d][\\p{Script=Latin}\\d.,:/@_+*-]*(?<![,:.])${measures}?`;
const pieces = new RegExp(`[${opening}]*(?:${unbroken}|[\\s\\S])[${closing}]*`, 'gu');

/** Words as they are measured and broken in a font; `signs` tells what emoji mean. */
export function lettering(font: Font, signs: Signs): Lettering {
  const width = (words: string, size: number) => [...words].reduce((sum, each) => sum + font.width(each.codePointAt(0) ?? 0), 0) * size;

  function shown(words: string): string {
    return [...words.normalize('NFC').replace(/\s/gu, ' ')]
      .map((each) => (font.has(each.codePointAt(0) ?? 0) ? each : (meant(each, words) ?? (isWriting(each) ? readAs(each) : ''))))
      .join('')
      .replace(/ +/g, ' ')
      .trim();
  }

  /** "（yǎn）" in the place of 䶮; what is no character that is read, or by nobody, is a question. */
  function readAs(character: string): string {
    const sound = pinyin(character);
    return sound === character || ![...sound].every((each) => font.has(each.codePointAt(0) ?? 0)) ? unknown : `（${sound}）`;
  }

  /** What an emoji means, unless that is said beside it; undefined: nothing. */
  function meant(sign: string, words: string): string | undefined {
    const meaning = signs.get(sign);
    return meaning !== undefined && words.includes(meaning) ? '' : meaning;
  }

  const lines = (words: string, size: number, wide: number) => words.split('\n').flatMap((line) => broken(line, size, wide));

  function broken(words: string, size: number, wide: number): string[] {
    const done: string[][] = [[]];
    let used = 0;
    for (const piece of (shown(words).match(pieces) ?? []).flatMap((each) => (width(each, size) > wide ? [...each] : [each]))) {
      const line = done.at(-1) ?? [];
      if (line.length > 0 && used + width(piece.trimEnd(), size) > wide) {
        done.push(piece === ' ' ? [] : [piece]);
        used = 0;
      } else if (line.length > 0 || piece !== ' ') line.push(piece);
      used += width(piece, size);
    }
    const [before, last] = done.slice(-2);
    // No single character alone on the last line.
    if (last?.length === 1 && before && before.length > 2 && before.at(-1)?.length === 1) last.unshift(before.pop() ?? '');
    return done.map((line) => line.join('').trimEnd()).filter((line) => line !== '');
  }

  function fitted(words: string, size: number, wide: number): string {
    const whole = shown(words);
    if (width(whole, size) <= wide) return whole;
    const kept = [...whole];
    while (kept.length > 0 && width(`${kept.join('')}…`, size) > wide) kept.pop();
    // Of an enumeration whole members are kept: "停水、停电…", not "停水、停电、停…".
    const members = kept.lastIndexOf('、');
    return `${kept.slice(0, members > 0 ? members : undefined).join('')}…`;
  }

  return { shown, width, lines, fitted };
}

/** A letter, a figure or a sign that means something; an emoji and what joins and colours emoji do not. */
function isWriting(character: string): boolean {
  return !/^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{M}\p{C}]$/u.test(character);
}
