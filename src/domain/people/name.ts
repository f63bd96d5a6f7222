/**
 * Signs of other scripts that look like Latin letters, and digits that do, each with the letter it is read as (after Unicode's
 * confusables.txt, https://www.unicode.org/reports/tr39/, as far as fonts of phones show them alike).
 */
const latinAlike: Readonly<Record<string, string>> = {
  a: 'аαɑ',
  b: 'вβьҍ',
  c: 'сϲᴄⅽ',
  d: 'ԁⅾ',
  e: 'еεєҽ',
  g: 'ɡ',
  h: 'һнη',
  j: 'јϳ',
  k: 'кκĸ',
  l: 'i1|ıіιӏǀⅼⅰјľ',
  m: 'мμⅿ',
  n: 'ոпν',
  o: '0оοσօ〇',
  p: 'рρ',
  q: 'ԛ',
  r: 'гᴦ',
  s: 'ѕꜱ',
  t: 'тτ',
  u: 'υսц',
  v: 'ѵⅴ',
  w: 'ԝωѡ',
  x: 'хχⅹ×',
  y: 'уγʏү',
  z: 'ᴢζ',
};

/** Kana, strokes and dots that look like a Chinese character or like each other. */
const otherAlike: Readonly<Record<string, string>> = {
  一: 'ー—–―-_ㄧ',
  二: 'ニ',
  八: 'ハ',
  力: 'カ',
  夕: 'タ',
  口: 'ロ囗',
  工: 'エ',
  卜: 'ト',
  千: 'チ',
  干: 'ㄢ',
  日: '曰',
  '·': '•・‧∙⋅.。',
};

const alike: ReadonlyMap<string, string> = new Map(
  [...Object.entries(latinAlike), ...Object.entries(otherAlike)].flatMap(([plain, others]) =>
    [...others].map((other) => [other, plain] as const),
  ),
);

/** What cannot be seen in a name: blanks of every kind, format and control characters, fillers, the empty Braille cell. */
const unseen = /[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const marks = /\p{M}/gu;

/**
 * What of a name tells it from another, for comparing names and for nothing else: without what cannot be seen, in one width and case,
 * look-alikes as one. "王 磊", "王\u200b磊" and "王磊" are alike, and so are "Amy" and "Аmу" with Cyrillic letters.
 * @returns '' for a name of which nothing can be seen
 */
export function bareName(name: string): string {
  const seen = name.normalize('NFKD').replace(unseen, '').replace(marks, '').normalize('NFKC');
  // A small upsilon looks like u, a capital one like Y.
  const plain = seen.replace(/Υ/g, 'y').toLowerCase();
  return [...plain].map((sign) => alike.get(sign) ?? sign).join('');
}

/** Whether something in a name cannot be seen, besides single blanks between words. */
export function hidesSomething(name: string): boolean {
  return (
    (
      name
        .trim()
        .replace(/(?<=\S) (?=\S)/gu, '')
        .match(unseen) ?? []
    ).length > 0
  );
}

/** Whether Latin letters stand in a name together with Cyrillic or Greek ones: nobody writes so who does not wish to be taken for another. */
export function mixesScripts(name: string): boolean {
  const plain = name.normalize('NFKC');
  return /\p{Script=Latin}/u.test(plain) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(plain);
}
