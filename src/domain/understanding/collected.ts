/** Which features of a text were collected already, by slots of a table. One text is read at a time. */
export interface Collected {
  /** How many there are: the place of the next one. */
  readonly size: number;
  /** Begins a text anew. */
  begin(): void;
  /** The place of what stands in a slot; negative where nothing of this text does. */
  at(slot: number): number;
  /** Lets the next one stand in a slot. @returns its place */
  add(slot: number): number;
}

/** @param slots how large the table is */
export function collected(slots: number): Collected {
  // Where each stands, from `base`: what is below it is of earlier texts, so that the table need not be cleared for each.
  const standing = new Int32Array(slots);
  let base = 1;
  let size = 0;
  return {
    get size() {
      return size;
    },
    begin() {
      base += size;
      size = 0;
      if (base < 2 ** 30) return;
      standing.fill(0);
      base = 1;
    },
    at: (slot) => (standing[slot] ?? 0) - base,
    add(slot) {
      standing[slot] = base + size;
      return size++;
    },
  };
}
