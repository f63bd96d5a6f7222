import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { Converter } from 'opencc-js/t2cn';
import { pinyin } from 'pinyin-pro';
import type { Language } from '../../domain/understanding/language.ts';

/** Chinese as the libraries know it, with words of one's own for the segmenter. */
export function chinese(words: readonly string[]): Language {
  const segmenter = Jieba.withDict(dict);
  if (words.length > 0) segmenter.loadDict(Buffer.from(words.map((word) => `${word} 1000 n`).join('\n')));
  const simplify = Converter({ from: 't', to: 'cn' });
  // pinyin-pro takes 50 µs a sentence; a character, once looked up, costs nothing.
  const readings = new Map<string, string | undefined>();
  return {
    simplify,
    words: (text) => segmenter.cutForSearch(text, true),
    segments: (text) => segmenter.cut(text, false),
    reading(character) {
      if (!readings.has(character))
        readings.set(character, /\p{Script=Han}/u.test(character) ? pinyin(character, { toneType: 'none', v: true }) : undefined);
      return readings.get(character);
    },
  };
}
