/**
 * Time and its passing. Everything in the simulator that dates or delays something asks
 * this clock, so that a test can put the hands forward instead of waiting.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Calls `callback` once, after `delayMs` of this clock's time; a negative delay counts
   * as 0. The returned function cancels the call.
   */
  schedule(delayMs: number, callback: () => void): () => void;
}
