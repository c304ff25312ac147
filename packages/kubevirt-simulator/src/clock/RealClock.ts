import type { Clock } from './Clock';

/** The longest delay that setTimeout keeps; a longer one would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** The machine's clock. */
export class RealClock implements Clock {
  now(): number {
    return Date.now();
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timeout = setTimeout(
      callback,
      Math.min(Math.max(delayMs, 0), MAX_TIMEOUT_MS),
    );
    return () => clearTimeout(timeout);
  }
}
