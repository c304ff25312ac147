import { SystemClock } from '../SystemClock';

const LONGEST_SLEEP_MS = 50;

/** Real time, but nobody sleeps for long, and a test can let hours pass. */
export class HastyClock extends SystemClock {
  #ahead = 0;

  now(): number {
    return super.now() + this.#ahead;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    await super.sleep(Math.min(ms, LONGEST_SLEEP_MS), signal);
  }

  advance(ms: number): void {
    this.#ahead += ms;
  }
}
