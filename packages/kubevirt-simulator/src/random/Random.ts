/**
 * The source of all chance in the simulator: the same seed gives the same history.
 */
export interface Random {
  /** A whole number from `min` to `max`, both included, all equally likely. */
  integer(min: number, max: number): number;
  /** A number from 0 (included) to 1 (excluded). */
  fraction(): number;
  /**
   * An independent source. One per actor keeps a run repeatable: what one actor draws
   * does not change what another one gets.
   */
  fork(): Random;
}
