import { ConnectionError } from '../clusters';
import type { Clock } from './types';

/** The deadline may come closer meanwhile. */
const CHECK_INTERVAL_MS = 10_000;

export interface WatchdogOptions {
  clock: Clock;
  /** Ends the work for other reasons; its reason becomes that of the watchdog's signal. */
  parent: AbortSignal;
  /** Until when something must arrive, given when something last did; both in ms. */
  deadline(lastProgress: number): number;
}

/**
 * Aborts its signal when nothing arrives for too long: a connection whose other end has
 * vanished without a word (half-open) looks like one on which nothing happens.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  readonly #work = new AbortController();
  readonly #stopped = new AbortController();
  readonly #onParentAbort = () => this.#work.abort(this.#options.parent.reason);
  #lastProgress: number;
  #paused = false;

  constructor(options: WatchdogOptions) {
    this.#options = options;
    this.#lastProgress = options.clock.now();
    options.parent.addEventListener('abort', this.#onParentAbort, {
      once: true,
    });
    if (options.parent.aborted) {
      this.#onParentAbort();
    }
    void this.#run();
  }

  /** For the work; aborts with a ConnectionError when nothing arrived for too long. */
  get signal(): AbortSignal {
    return this.#work.signal;
  }

  /** Something arrived. */
  progress(): void {
    this.#lastProgress = this.#options.clock.now();
  }

  /** Nothing is waited for: what arrived is being worked on. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.progress();
  }

  /** The work is over. */
  stop(): void {
    this.#options.parent.removeEventListener('abort', this.#onParentAbort);
    this.#stopped.abort();
  }

  async #run(): Promise<void> {
    const { clock, deadline } = this.#options;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const now = clock.now();
      if (this.#paused) {
        this.#lastProgress = now;
      }
      const left = deadline(this.#lastProgress) - now;
      if (left <= 0) {
        const seconds = Math.round((now - this.#lastProgress) / 1000);
        this.#work.abort(
          new ConnectionError(
            `The connection was silent for ${seconds} s and is given up`,
          ),
        );
        return;
      }
      await clock.sleep(Math.min(left, CHECK_INTERVAL_MS), signal);
    }
  }
}
