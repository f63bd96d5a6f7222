import { EventEmitter } from 'node:events';

/** Says that something changed, to whoever waits for a condition. */
export class Signal {
  readonly #changes = new EventEmitter().setMaxListeners(0);

  changed(): void {
    this.#changes.emit('change');
  }

  /** Resolves with true as soon as the condition holds, with false when it does not after so many ms of the wall's clock. */
  until(condition: () => boolean, ms: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (held: boolean) => {
        clearTimeout(timer);
        this.#changes.off('change', check);
        resolve(held);
      };
      const check = () => condition() && end(true);
      const timer = setTimeout(() => end(condition()), ms);
      // A call that nobody waits for any more shall not keep the process.
      timer.unref();
      this.#changes.on('change', check);
    });
  }
}
