import { type Hashed, hashed, type ReadClause } from './hashed.ts';

/** What many texts show, by their numbers. */
export interface HashedTexts {
  /** The codes of text i are those of its piece of memory from `begins[i]` up to `ends[i]`. */
  readonly pieces: readonly Int32Array[];
  readonly pieceOf: readonly number[];
  readonly begins: readonly number[];
  readonly ends: readonly number[];
  readonly scales: readonly number[];
}

/** Some megabytes: one piece that grew would be copied again and again. */
const pieceLength = 1 << 20;

/** Reads texts, each once, however often its number is asked for. */
export function hashedTexts(read: ReadClause): { readonly texts: HashedTexts; numberOf(text: string): number } {
  const pieces: Int32Array[] = [];
  const texts = { pieces, pieceOf: [] as number[], begins: [] as number[], ends: [] as number[], scales: [] as number[] };
  const known = new Map<string, number>();
  let used = pieceLength;
  const add = ({ codes, scale }: Hashed) => {
    if (used + codes.length > pieceLength) {
      pieces.push(new Int32Array(Math.max(pieceLength, codes.length)));
      used = 0;
    }
    pieces.at(-1)?.set(codes, used);
    texts.pieceOf.push(pieces.length - 1);
    texts.begins.push(used);
    used += codes.length;
    texts.ends.push(used);
    texts.scales.push(scale);
  };
  return {
    texts,
    numberOf(text) {
      const before = known.get(text);
      if (before !== undefined) return before;
      add(hashed(text, read));
      known.set(text, known.size);
      return known.size - 1;
    },
  };
}

/** One of the texts; it is not copied. */
export function hashedAt({ pieces, pieceOf, begins, ends, scales }: HashedTexts, text: number): Hashed {
  const codes = pieces[pieceOf[text] ?? 0] ?? new Int32Array();
  return { codes: codes.subarray(begins[text], ends[text]), scale: scales[text] ?? 0 };
}
