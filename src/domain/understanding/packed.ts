/**
 * What many texts show, in two long arrays: the features of text i are those from `offsets[i]` up to `offsets[i + 1]`. Its memory
 * is shared: handed to another thread it is not copied.
 */
export interface Packed {
  readonly offsets: Int32Array;
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/** The features of one of the texts; they are not copied. */
export function featuresAt({ offsets, ids, values }: Packed, text: number) {
  const [begin, end] = [offsets[text] ?? 0, offsets[text + 1] ?? 0];
  return { ids: ids.subarray(begin, end), values: values.subarray(begin, end) };
}

/** Puts texts together; they are numbered in the order in which they were added. */
export interface Packer {
  /** How many there are. */
  readonly size: number;
  /** Adds a text by its features. @returns its number */
  add(ids: ArrayLike<number>, values: ArrayLike<number>): number;
  /** All that were added. `renumber` may give each feature another number, or -1 to leave it out. */
  packed(renumber?: (id: number) => number): Packed;
}

export function packer(): Packer {
  let ids = new Int32Array(1 << 16);
  let values = new Float32Array(1 << 16);
  const offsets = [0];
  let used = 0;
  const room = (more: number) => {
    if (used + more <= ids.length) return;
    const length = Math.max(ids.length * 2, used + more);
    ids = grown(ids, new Int32Array(length));
    values = grown(values, new Float32Array(length));
  };
  return {
    get size() {
      return offsets.length - 1;
    },
    add(moreIds, moreValues) {
      room(moreIds.length);
      ids.set(moreIds, used);
      values.set(moreValues, used);
      used += moreIds.length;
      return offsets.push(used) - 2;
    },
    packed: (renumber = (id) => id) => copied({ offsets, ids, values }, renumber),
  };
}

function grown<T extends Int32Array | Float32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

/** The features that keep a number, in shared memory. */
function copied(
  from: { readonly offsets: readonly number[]; readonly ids: Int32Array; readonly values: Float32Array },
  renumber: (id: number) => number,
): Packed {
  const size = from.offsets.length - 1;
  const end = from.offsets[size] ?? 0;
  let kept = 0;
  for (let at = 0; at < end; at++) if (renumber(from.ids[at] ?? 0) >= 0) kept++;
  const offsets = new Int32Array(new SharedArrayBuffer(4 * (size + 1)));
  const ids = new Int32Array(new SharedArrayBuffer(4 * kept));
  const values = new Float32Array(new SharedArrayBuffer(4 * kept));
  let next = 0;
  for (let text = 0; text < size; text++) {
    for (let at = from.offsets[text] ?? 0; at < (from.offsets[text + 1] ?? 0); at++) {
      const id = renumber(from.ids[at] ?? 0);
      if (id < 0) continue;
      ids[next] = id;
      values[next++] = from.values[at] ?? 0;
    }
    offsets[text + 1] = next;
  }
  return { offsets, ids, values };
}
