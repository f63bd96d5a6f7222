import type { ShortAnswers } from '../content/knowledge.ts';
import { readNumeral } from './numeral.ts';

/** So many texts are remembered as their bare words, none longer than this: a message is asked for them by everybody who may answer it. */
const remembered = { texts: 5000, characters: 60 };
const known = new Map<string, string>();

/** A message as its bare words: NFKC, lower case, without punctuation, spaces and closing particles. */
export function bareWords(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const bare = madeBare(text);
  if (known.size >= remembered.texts) known.clear();
  if (text.length <= remembered.characters) known.set(text, bare);
  return bare;
}

function madeBare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, '')
    .replace(/(?<=^.|[^吧呀啊哦嘛呢了哈噻嘞撒])[吧呀啊哦嘛呢了哈噻嘞撒]+$/u, '');
}

/** A number that stands for the whole message: "2", "第二个", "选二", "2.", "1.2". Undefined when it is not one. */
export function chosenNumber(text: string): string | undefined {
  const said = text.normalize('NFKC').trim();
  const dotted = /^(\d{1,2}(?:[.。、．-]\d{1,2})*)[.。、）)]?$/.exec(said)?.[1];
  if (dotted) return dotted.replace(/[。、．-]/g, '.');
  const spoken = /^(?:我?(?:选|要|问|是)?)?第?([零一二两三四五六七八九十]|\d{1,2})(?:个|项|条|号|种)?(?:吧|嘛|呢|哈|噻)?$/.exec(
    bareWords(said),
  )?.[1];
  return spoken === undefined ? undefined : String(readNumeral(spoken));
}

/**
 * Which of several choices (0-based) a message means: by number, by place ("前面那个", "最后一个") or by the words of
 * just one title. `none` when it refuses them all ("0", "都不是").
 */
export function chosenOf(text: string, titles: readonly string[], words: ShortAnswers): number | 'none' | undefined {
  const number = chosenNumber(text);
  if (number === '0') return 'none';
  if (number !== undefined) return Number(number) >= 1 && Number(number) <= titles.length ? Number(number) - 1 : undefined;
  const said = bareWords(text);
  if (said === '') return undefined;
  if (saysOne(said, words.none)) return 'none';
  if (/^(前面|上面|头)(那个|一个|个)?$/.test(said)) return 0;
  if (/^(后面|下面|最后)(那个|一个|个)?$/.test(said)) return titles.length - 1;
  const fitting = titles.flatMap((title, index) => (said.length >= 2 && bareWords(title).includes(said) ? [index] : []));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Whether a message is just one of these words. */
export function saysOne(text: string, words: readonly string[]): boolean {
  return bareOf(words).has(bareWords(text));
}

/** A list of words is made bare once. */
const bareLists = new WeakMap<readonly string[], ReadonlySet<string>>();

function bareOf(words: readonly string[]): ReadonlySet<string> {
  const bare = bareLists.get(words) ?? new Set(words.map(bareWords));
  bareLists.set(words, bare);
  return bare;
}

/** Whether the bare words of a message have one of these shapes. */
export function hasShape(text: string, shapes: readonly RegExp[]): boolean {
  const said = bareWords(text);
  return shapes.some((shape) => shape.test(said));
}

/** What is left of a message without the words at its beginning and end that say nothing about the matter. */
export function matterOf(text: string, fillers: readonly string[]): string {
  const longestFirst = [...fillers].sort((a, b) => b.length - a.length);
  let rest = bareWords(text.slice(0, 300));
  for (let found = true; found; ) {
    const filler = longestFirst.find((word) => rest.startsWith(word) || rest.endsWith(word));
    found = filler !== undefined && rest !== '';
    if (filler === undefined) break;
    rest = rest.startsWith(filler) ? rest.slice(filler.length) : rest.slice(0, -filler.length);
  }
  return rest;
}
