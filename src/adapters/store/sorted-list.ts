/** A chunk that grows beyond this is parted: to put one in, only those of its chunk are moved. */
const chunkAtMost = 512;
/** So many are in a chunk at first: there is room for more. */
const filled = 256;

/** A place in the list: a chunk, and a place in it. */
interface Place {
  readonly chunk: number;
  readonly index: number;
}

/** Items in an order. To put one in, to take one out and to find a place takes about as long in a long list as in a short one. */
export class SortedList<T> {
  readonly #chunks: T[][];
  readonly #compare: (a: T, b: T) => number;

  /** @param compare tells the order; it holds no two that are equal in it @param items what it holds at first, in that order */
  constructor(compare: (a: T, b: T) => number, items: readonly T[] = []) {
    this.#compare = compare;
    this.#chunks = Array.from({ length: Math.ceil(items.length / filled) }, (_, chunk) =>
      items.slice(chunk * filled, (chunk + 1) * filled),
    );
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  add(item: T): void {
    const { chunk, index } = this.#first((other) => this.#compare(other, item) >= 0);
    const into = this.#chunks[chunk] ?? this.#chunks.at(-1);
    if (!into) this.#chunks.push([item]);
    else if (chunk === this.#chunks.length) into.push(item);
    else into.splice(index, 0, item);
    if (into && into.length > chunkAtMost) this.#part(into);
  }

  remove(item: T): void {
    const { chunk, index } = this.#first((other) => this.#compare(other, item) >= 0);
    const from = this.#chunks[chunk];
    if (!from || this.#compare(from[index] as T, item) !== 0) return;
    if (from.length === 1) this.#chunks.splice(chunk, 1);
    else from.splice(index, 1);
  }

  /** Puts an item in the place of one that is equal in the order. */
  replace(before: T, after: T): void {
    const { chunk, index } = this.#first((other) => this.#compare(other, before) >= 0);
    const items = this.#chunks[chunk];
    if (items) items[index] = after;
  }

  /** The items from the first that is not before the bounds up to the last that is not after them; both tell of an item. */
  between(
    isBefore: (item: T) => boolean,
    isAfter: (item: T) => boolean,
  ): { readonly count: number; items(descending: boolean): Iterable<T> } {
    const from = this.#first((item) => !isBefore(item));
    const end = this.#first(isAfter);
    return { count: this.#count(from, end), items: (descending) => (descending ? this.#backward(from, end) : this.#forward(from, end)) };
  }

  /** The place of the first item of which it is true, as it is of all that follow. */
  #first(isTrue: (item: T) => boolean): Place {
    const chunk = firstIndex(this.#chunks, (items) => isTrue(items[items.length - 1] as T));
    return { chunk, index: firstIndex(this.#chunks[chunk] ?? [], isTrue) };
  }

  #part(chunk: T[]): void {
    this.#chunks.splice(this.#chunks.indexOf(chunk) + 1, 0, chunk.splice(chunkAtMost / 2));
  }

  #count(from: Place, end: Place): number {
    // Bounds that no item can be between.
    if (from.chunk > end.chunk) return 0;
    let count = end.index - from.index;
    for (let chunk = from.chunk; chunk < end.chunk; chunk++) count += this.#chunks[chunk]?.length ?? 0;
    return Math.max(0, count);
  }

  *#forward(from: Place, end: Place): Iterable<T> {
    for (let chunk = from.chunk; chunk <= end.chunk; chunk++) {
      const items = this.#chunks[chunk] ?? [];
      const last = chunk === end.chunk ? end.index : items.length;
      for (let index = chunk === from.chunk ? from.index : 0; index < last; index++) yield items[index] as T;
    }
  }

  *#backward(from: Place, end: Place): Iterable<T> {
    for (let chunk = end.chunk; chunk >= from.chunk; chunk--) {
      const items = this.#chunks[chunk] ?? [];
      const first = chunk === from.chunk ? from.index : 0;
      for (let index = (chunk === end.chunk ? end.index : items.length) - 1; index >= first; index--) yield items[index] as T;
    }
  }
}

function firstIndex<T>(items: readonly T[], isTrue: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(items[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
