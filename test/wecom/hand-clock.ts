interface Due {
  readonly at: number;
  readonly work: () => void;
}

/** A clock that is moved by hand, and what waits for it. */
export class HandClock {
  #now = 0;
  readonly #waiting = new Set<Due>();
  readonly #watchers = new Set<() => void>();

  readonly now = () => this.#now;

  readonly after = (ms: number, work: () => void): (() => void) => {
    const due = { at: this.#now + ms, work };
    this.#waiting.add(due);
    this.#look();
    return () => {
      this.#waiting.delete(due);
      this.#look();
    };
  };

  /** Resolves when the next of what waits is due in so long; undefined: when nothing waits. */
  nextIs(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.next !== ms) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  /** How long until the next of what waits; undefined: nothing does. */
  get next(): number | undefined {
    const times = [...this.#waiting].map(({ at }) => at - this.#now);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Lets so much time pass: what falls due on the way happens in its order. */
  pass(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const [first] = [...this.#waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (!first) break;
      this.#waiting.delete(first);
      this.#now = first.at;
      first.work();
    }
    this.#now = until;
    this.#look();
  }

  #look(): void {
    for (const look of [...this.#watchers]) look();
  }
}
