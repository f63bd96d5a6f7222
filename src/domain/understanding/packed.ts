/**
 * What many texts show, in two long arrays: the features of text i are those from `offsets[i]` up to `offsets[i + 1]`. Its memory
 * is shared: handed to another thread it is not copied.
 */
export interface Packed {
  readonly offsets: Int32Array;
  readonly ids: Int32Array;
  readonly values: Float32Array;
  /** What tells each text from others, whatever stands before it (learning-order.ts). */
  readonly keys: Int32Array;
}

/** The features of one of the texts; they are not copied. */
export function featuresAt({ offsets, ids, values }: Packed, text: number) {
  const [begin, end] = [offsets[text] ?? 0, offsets[text + 1] ?? 0];
  return { ids: ids.subarray(begin, end), values: values.subarray(begin, end) };
}

/** Puts texts together; they are numbered in the order in which they were added. */
export interface Packer {
  /** Adds a text by its features, with its key. @returns its number */
  add(ids: ArrayLike<number>, values: ArrayLike<number>, key: number): number;
  /** All that were added, which it forgets. `renumber` may give each feature another number, or -1 to leave it out. */
  packed(renumber?: (id: number) => number): Packed;
}

/** Some texts; they end where `ends` tells. */
interface Piece {
  readonly ids: Int32Array;
  readonly values: Float32Array;
  readonly ends: number[];
  readonly keys: number[];
}

/** So many features lie in one piece of memory: a single one that grew would be copied again and again. */
const pieceLength = 1 << 18;

export function packer(): Packer {
  let pieces: Piece[] = [];
  let texts = 0;
  return {
    add(ids, values, key) {
      let piece = pieces.at(-1);
      let begin = piece?.ends.at(-1) ?? 0;
      if (!piece || begin + ids.length > piece.ids.length) {
        const length = Math.max(pieceLength, ids.length);
        piece = { ids: new Int32Array(length), values: new Float32Array(length), ends: [], keys: [] };
        pieces.push(piece);
        begin = 0;
      }
      piece.ids.set(ids, begin);
      piece.values.set(values, begin);
      piece.ends.push(begin + ids.length);
      piece.keys.push(key);
      return texts++;
    },
    packed(renumber = (id) => id) {
      const all = pieces;
      pieces = [];
      return joined(all, texts, renumber);
    },
  };
}

function joined(pieces: readonly Piece[], texts: number, renumber: (id: number) => number): Packed {
  let kept = 0;
  for (const { ids, ends } of pieces) for (let at = 0; at < (ends.at(-1) ?? 0); at++) if (renumber(ids[at] ?? 0) >= 0) kept++;
  const packed = {
    offsets: new Int32Array(new SharedArrayBuffer(4 * (texts + 1))),
    ids: new Int32Array(new SharedArrayBuffer(4 * kept)),
    values: new Float32Array(new SharedArrayBuffer(4 * kept)),
    keys: new Int32Array(new SharedArrayBuffer(4 * texts)),
  };
  packed.keys.set(pieces.flatMap(({ keys }) => keys));
  let text = 0;
  let next = 0;
  for (const { ids, values, ends } of pieces) {
    let at = 0;
    for (const end of ends) {
      for (; at < end; at++) {
        const id = renumber(ids[at] ?? 0);
        if (id < 0) continue;
        packed.ids[next] = id;
        packed.values[next++] = values[at] ?? 0;
      }
      packed.offsets[++text] = next;
    }
  }
  return packed;
}
