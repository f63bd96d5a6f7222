/**
 * Numbers for keys of 64 bits, in the order in which they came: a hash table with open addressing. Of a million keys two are the same by
 * chance once in thirty million tables. Plain data.
 */
export interface KeyTable {
  readonly size: number;
  /** The two halves of each key, by number. */
  readonly keys: Int32Array;
  /** The number of a key and 1, where its first half points to or in the next place that was free; 0 is free. */
  readonly slots: Int32Array;
}

/** The number of a key; -1 where it has none. */
export function numberOf({ keys, slots }: KeyTable, first: number, second: number): number {
  const last = slots.length - 1;
  for (let slot = first & last; ; slot = (slot + 1) & last) {
    const number = (slots[slot] ?? 0) - 1;
    if (number < 0 || (keys[2 * number] === first && keys[2 * number + 1] === second)) return number;
  }
}

/** A table that takes new keys. */
export interface GrowingTable {
  /** The number of a key, which gets the next when it has none. */
  number(first: number, second: number): number;
  table(): KeyTable;
}

export function growingTable(): GrowingTable {
  let size = 0;
  let keys = new Int32Array(1 << 12);
  let slots = new Int32Array(1 << 12);
  const put = (number: number) => {
    const last = slots.length - 1;
    let slot = (keys[2 * number] ?? 0) & last;
    while (slots[slot] !== 0) slot = (slot + 1) & last;
    slots[slot] = number + 1;
  };
  /** At most half of the places are taken. */
  const grow = () => {
    const more = new Int32Array(keys.length * 2);
    more.set(keys);
    keys = more;
    slots = new Int32Array(slots.length * 2);
    for (let number = 0; number < size; number++) put(number);
  };
  const table = () => ({ size, keys, slots });
  return {
    number(first, second) {
      const known = numberOf({ size, keys, slots }, first, second);
      if (known >= 0) return known;
      if (2 * size === keys.length) grow();
      keys[2 * size] = first;
      keys[2 * size + 1] = second;
      put(size);
      return size++;
    },
    table: () => ({ ...table(), keys: keys.slice(0, 2 * size) }),
  };
}
