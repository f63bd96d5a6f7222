import type { WorldEvent } from '../simulator/message.ts';
import type { World } from '../simulator/world.ts';

export interface FeedEvent {
  /** `run.number`: of another run of the program than ours, it means nothing to us. */
  readonly id: string;
  readonly number: number;
  readonly event: WorldEvent;
}

/**
 * Numbers what happens in the world and remembers the last of it, so that a page that lost its connection gets what
 * it missed. A reader asks for what came after the number it has: a slow one is never fed faster than it reads.
 */
export class Feed {
  closed = false;
  readonly #run: string;
  readonly #keep: number;
  readonly #unsubscribe: () => void;
  readonly #waiting = new Set<() => void>();
  #events: FeedEvent[] = [];
  #number = 0;

  /** @param keep how many events are remembered */
  constructor(world: World, run: string, keep = 1000) {
    this.#run = run;
    this.#keep = keep;
    this.#unsubscribe = world.subscribe((event) => this.#add(event));
  }

  /** The id of the last event. */
  get last(): string {
    return this.#id(this.#number);
  }

  /** The number of an event by its id; undefined when it is not one of this run that still can be gone on from. */
  numberOf(id: string): number | undefined {
    const number = Number(id.slice(this.#run.length + 1));
    if (!id.startsWith(`${this.#run}.`) || !Number.isInteger(number) || number > this.#number) return undefined;
    return this.#isComplete(number) ? number : undefined;
  }

  /** What came after a number; undefined when some of it is forgotten. */
  after(number: number): readonly FeedEvent[] | undefined {
    return this.#isComplete(number) ? this.#events.filter((event) => event.number > number) : undefined;
  }

  /** Waits until something comes after a number, or the time is over, or the reader goes. */
  async wait(number: number, milliseconds: number, signal: AbortSignal): Promise<void> {
    if (number < this.#number || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
      this.#waiting.add(done);
    });
  }

  /** Lets every reader go. */
  close(): void {
    this.closed = true;
    this.#unsubscribe();
    this.#wake();
  }

  #isComplete(number: number): boolean {
    return number >= this.#number - this.#events.length;
  }

  #id(number: number): string {
    return `${this.#run}.${number}`;
  }

  #add(event: WorldEvent): void {
    this.#number += 1;
    this.#events.push({ id: this.#id(this.#number), number: this.#number, event });
    if (this.#events.length > this.#keep) this.#events = this.#events.slice(-this.#keep);
    this.#wake();
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}
