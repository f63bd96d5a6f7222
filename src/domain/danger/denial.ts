/** How people deny that anybody is in danger (data/danger-talk.yaml). The first three are what a clause begins with, the others stand anywhere in it. */
export interface DenialWords {
  /** Beginnings that say nothing: "妹儿", "您好", "现在", "我们店里". */
  readonly fillers: readonly RegExp[];
  /** What denies it: "没有", "没事", "人都好好的", "发错了". */
  readonly denials: readonly RegExp[];
  /** What may stand beside a denial: "谢谢", "不好意思". */
  readonly courtesies: readonly RegExp[];
  /** What it was about instead: "我就是想问", "电视里演的". */
  readonly instead: readonly RegExp[];
  /** What takes all of that back, wherever it stands: "但是", "才怪", "血". */
  readonly dangers: readonly RegExp[];
}

interface Clause {
  readonly words: string;
  readonly asks: boolean;
}

/** What is longer is a story: nobody's "没有" is. */
const longest = 300;
const mostClauses = 20;

/**
 * Whether an answer to "现在有人有危险吗" denies it as a whole. Every clause has to: "没有，我就问问" does, "没有力气了", "没有，但是他有刀"
 * and "没危险我会找你们？" do not. What cannot be read is no denial: somebody is called in vain rather than not at all.
 *
 * @param text in simplified characters, otherwise as written. Work is bounded, whatever its length.
 */
export function isDenial(text: string, words: DenialWords): boolean {
  if (text.length > longest) return false;
  const clauses = clausesOf(text);
  if (clauses.length === 0 || clauses.length > mostClauses) return false;
  let denied = false;
  for (const { words: clause, asks } of clauses) {
    const read = asks ? 'unknown' : readClause(clause, words);
    if (read === 'unknown') return false;
    denied ||= read === 'denial';
  }
  return denied;
}

type Read = 'denial' | 'beside' | 'unknown';

/** Takes a clause apart from its beginning: fillers, denials and courtesies; what is left has to tell of something harmless. */
function readClause(clause: string, { fillers, denials, courtesies, instead, dangers }: DenialWords): Read {
  let rest = clause;
  let denied = false;
  for (let found = true; found && rest !== ''; ) {
    found = false;
    const before = withoutStart(rest, fillers);
    const denial = withoutStart(before, denials);
    if (denial !== before) {
      denied = true;
      rest = denial;
      found = true;
      continue;
    }
    const after = withoutStart(before, courtesies);
    found = after !== rest;
    rest = after;
  }
  if (rest === '') return denied ? 'denial' : 'beside';
  if (dangers.some((danger) => danger.test(rest)) || !instead.some((harmless) => harmless.test(rest))) return 'unknown';
  return denied ? 'denial' : 'beside';
}

/** Without the longest of the shapes that it begins with. */
function withoutStart(text: string, shapes: readonly RegExp[]): string {
  let longestFound = 0;
  for (const shape of shapes) {
    const found = shape.exec(text)?.[0].length ?? 0;
    if (found > longestFound) longestFound = found;
  }
  return text.slice(longestFound);
}

/** The clauses of a message, in small letters, and whether each is put as a question. */
export function clausesOf(text: string): Clause[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, '');
  return [...plain.matchAll(/([\p{L}\p{N}]+)([^\p{L}\p{N}]*)/gu)].map(([, words = '', stops = '']) => ({
    words,
    asks: stops.includes('?'),
  }));
}
