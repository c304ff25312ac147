/**
 * A clock that begins in the past and runs through it at once, so that a simulation has a
 * history when it goes on in real time.
 */
import type { Clock } from './Clock';
import { VirtualClock } from './VirtualClock';

/** So much simulated time is made up for in one go; then others in the process get a turn. */
const SLICE_MS = 10_000;

export class CatchUpClock implements Clock {
  readonly #clock: Clock;
  readonly #timers: VirtualClock;
  #isLive = false;
  #isAdvancing = false;
  #cancelNext: (() => void) | undefined;

  /**
   * @param clock - the time that is to be caught up with
   * @param startAt - milliseconds since the epoch, in the past
   */
  constructor(clock: Clock, startAt: number) {
    this.#clock = clock;
    this.#timers = new VirtualClock(startAt);
  }

  now(): number {
    return this.#isLive && !this.#isAdvancing
      ? Math.max(this.#timers.now(), this.#clock.now())
      : this.#timers.now();
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const aheadMs = this.now() - this.#timers.now();
    const cancel = this.#timers.schedule(
      aheadMs + Math.max(delayMs, 0),
      callback,
    );
    if (this.#isLive && !this.#isAdvancing) this.#arm();
    return cancel;
  }

  /** Runs through the past; from then on callbacks come in real time. */
  async catchUp(): Promise<void> {
    while (this.#behindMs() > 0) {
      this.#advance();
      await new Promise(resolve => setImmediate(resolve));
    }
    this.#isLive = true;
    this.#arm();
  }

  /** No callback comes any more. */
  stop(): void {
    this.#isLive = false;
    this.#cancelNext?.();
    this.#cancelNext = undefined;
  }

  #behindMs(): number {
    return this.#clock.now() - this.#timers.now();
  }

  #advance(): void {
    this.#isAdvancing = true;
    try {
      this.#timers.advance(Math.min(Math.max(this.#behindMs(), 0), SLICE_MS));
    } finally {
      this.#isAdvancing = false;
    }
  }

  /** Waits for the next callback that is due. */
  #arm(): void {
    this.#cancelNext?.();
    this.#cancelNext = undefined;
    const dueInMs = this.#timers.nextDueInMs;
    if (dueInMs === undefined) return;
    this.#cancelNext = this.#clock.schedule(dueInMs - this.#behindMs(), () =>
      this.#tick(),
    );
  }

  #tick(): void {
    try {
      this.#advance();
    } finally {
      if (this.#isLive) this.#arm();
    }
  }
}
