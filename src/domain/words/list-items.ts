/** A message that counts what it tells. */
export interface Counted {
  /** What stands before the first item: "我们21栋这几件事：". */
  readonly before: string;
  readonly items: readonly string[];
}

const numerals = '一二三四五六七八九';
const circled = '①②③④⑤⑥⑦⑧⑨';
/** What begins an item: "1.", "2、", "（三）", "④", "第一，", "一是", "二、"; not the point of "3.5", but that of "1.5栋" and "1、5栋". */
const marker = new RegExp(
  [
    '(?:(?<=^|[\\s，,。；;：:！!？?])(?<digit>[1-9])[.．、)）:：](?!\\d)\\s*',
    '(?<=^|[\\s，,。；;：:！!？?])(?<before>[1-9])[.．、](?=\\d{1,3}\\s*(?:[#＃栋幢座组]|号楼|号院|单元))',
    '(?<=^|\\n)(?<bare>[1-9])[ \\t　]+(?=\\p{Script=Han})(?!楼(?![道顶梯上下])|[栋幢座组号]|单元|期)',
    `[（(](?<bracketed>[1-9${numerals}])[)）]\\s*`,
    `(?<circled>[${circled}])\\s*`,
    `(?<=^|[\\s，,。；;：:！!？?])(?:第?(?<told>[${numerals}])(?:是|[、，,：:．.])|第(?<ordinal>[${numerals}])(?:个|件)(?:事|是)?[，,：:]?))`,
  ].join('|'),
  'gu',
);
/** What is shorter is no item. */
const leastItem = 4;

/** The items of a message that counts from one, at least two of them; undefined for any other. */
export function countedIn(text: string): Counted | undefined {
  const marks: { readonly from: number; readonly to: number }[] = [];
  for (const found of text.matchAll(marker)) {
    const number = numberOf(found.groups ?? {});
    if (number === marks.length + 1) marks.push({ from: found.index, to: found.index + found[0].length });
  }
  const [first] = marks;
  if (!first || marks.length < 2) return undefined;
  const items = marks.map(({ to }, index) =>
    text
      .slice(to, marks[index + 1]?.from)
      .replace(/(?<![\s，,。；;、])[\s，,。；;、]+$/u, '')
      .trim(),
  );
  const isWhole = items.every((item) => item.replace(/[\p{P}\p{S}\p{Z}]/gu, '').length >= leastItem);
  return isWhole ? { before: text.slice(0, first.from).trim(), items } : undefined;
}

function numberOf(groups: Readonly<Record<string, string | undefined>>): number {
  const said = Object.values(groups).find((each) => each !== undefined) ?? '';
  return Math.max(Number(said) || 0, numerals.indexOf(said) + 1, circled.indexOf(said) + 1);
}
