/** client-go's reflector begins with this: one lost connection is nothing unusual. */
const FIRST_CEILING_MS = 800;
/** client-go's limit: a cluster that comes back is seen within half a minute. */
const MAX_CEILING_MS = 30_000;
/** client-go's factor. */
const FACTOR = 2;

/**
 * How long to wait after the n-th failure in a row, with full jitter (anything from 0 to a
 * ceiling that doubles): the watches of many clusters, broken by one event, do not all
 * come back at one moment.
 */
export class Backoff {
  readonly #random: () => number;
  #failures = 0;

  /** @param random gives numbers from 0 to below 1 */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Failures since the last time that all was well. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * Counts a failure.
   *
   * @param maxCeilingMs replaces the usual 30 s
   * @returns milliseconds to wait
   */
  fail(maxCeilingMs: number = MAX_CEILING_MS): number {
    const ceiling = Math.min(
      FIRST_CEILING_MS * FACTOR ** this.#failures,
      maxCeilingMs,
    );
    this.#failures += 1;
    return this.#random() * ceiling;
  }

  /** All is well. */
  reset(): void {
    this.#failures = 0;
  }
}
