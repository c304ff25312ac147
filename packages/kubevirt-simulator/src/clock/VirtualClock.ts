import type { Clock } from './Clock';

interface Timer {
  dueAt: number;
  callback: () => void;
}

/**
 * A clock that stands still until it is advanced. Callbacks run inside `advance`, in the
 * order in which they are due; what they schedule in turn runs in the same call when it
 * falls into the same span.
 */
export class VirtualClock implements Clock {
  #now: number;
  /** Sorted by due time; of two that are due together, the one scheduled first leads. */
  readonly #timers: Timer[] = [];

  /** @param startAt - milliseconds since the epoch */
  constructor(startAt: number) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer: Timer = {
      dueAt: this.#now + Math.max(delayMs, 0),
      callback,
    };
    this.#insert(timer);
    return () => this.#remove(timer);
  }

  /** Puts the clock forward by `spanMs` and runs everything that falls due on the way. */
  advance(spanMs: number): void {
    const until = this.#now + spanMs;
    while (this.#timers.length > 0 && this.#timers[0].dueAt <= until) {
      const [timer] = this.#timers.splice(0, 1);
      this.#now = timer.dueAt;
      timer.callback();
    }
    this.#now = until;
  }

  /** Milliseconds until the next callback is due, or undefined when none is scheduled. */
  get nextDueInMs(): number | undefined {
    return this.#timers.length > 0
      ? this.#timers[0].dueAt - this.#now
      : undefined;
  }

  #insert(timer: Timer): void {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#timers[middle].dueAt <= timer.dueAt) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, timer);
  }

  #remove(timer: Timer): void {
    const index = this.#timers.indexOf(timer);
    if (index >= 0) this.#timers.splice(index, 1);
  }
}
