import type { Clock } from '../types';

interface Sleeper {
  until: number;
  wake(): void;
}

/** Time that passes when a test says so. */
export class TestClock implements Clock {
  /** The lengths of all sleeps that were begun, in ms. */
  readonly sleeps: number[] = [];
  readonly #sleepers = new Set<Sleeper>();
  #now = Date.parse('2026-03-01T12:00:00.000Z');

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    if (signal.aborted || ms <= 0) {
      return;
    }
    await new Promise<void>(resolve => {
      const sleeper: Sleeper = {
        until: this.#now + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', () => sleeper.wake(), { once: true });
    });
  }

  /** Lets time pass and wakes those whose time has come. */
  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of this.#sleepers) {
      if (sleeper.until <= this.#now) {
        sleeper.wake();
      }
    }
  }
}
