import type { Clock } from '../watch/types';

interface Sleeper {
  until: number;
  wake(): void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];

  constructor(now: number = 0) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    await new Promise<void>(resolve => {
      this.#sleepers.push({ until: this.#now + ms, wake: resolve });
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** Moves on and wakes whoever has slept long enough. */
  advance(ms: number): void {
    this.#now += ms;
    const due = this.#sleepers.filter(({ until }) => until <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
    for (const { wake } of due) {
      wake();
    }
  }
}
