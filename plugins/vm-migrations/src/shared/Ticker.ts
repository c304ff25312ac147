import type { EpochMs, Milliseconds } from '../logic/units';

const A_SECOND: Milliseconds = 1_000;

/**
 * The time of now for everything that shows a running time: all that listen share one
 * timer and change together, and without any there is none.
 */
export class Ticker {
  readonly #step: Milliseconds;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #now: EpochMs = Date.now();

  constructor(step: Milliseconds) {
    this.#step = step;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#tick(), this.#step);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
    };
  };

  /** The same for all until the next tick; without a timer a second old at most. */
  readonly getNow = (): EpochMs => {
    const now = Date.now();
    if (this.#timer === undefined && Math.abs(now - this.#now) >= A_SECOND) {
      this.#now = now;
    }
    return this.#now;
  };

  #tick(): void {
    this.#now = Date.now();
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
