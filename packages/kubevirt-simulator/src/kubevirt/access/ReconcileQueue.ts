import type { Clock } from '../../clock';

/**
 * A controller's work queue: a key waits in it once, until its earliest due time; then it
 * is reconciled from whatever the objects say by then.
 */
export class ReconcileQueue {
  readonly #clock: Clock;
  readonly #reconcile: (key: string) => void;
  readonly #waiting = new Map<string, { dueAt: number; cancel: () => void }>();

  constructor(clock: Clock, reconcile: (key: string) => void) {
    this.#clock = clock;
    this.#reconcile = reconcile;
  }

  add(key: string, delayMs: number): void {
    const dueAt = this.#clock.now() + Math.max(delayMs, 0);
    const waiting = this.#waiting.get(key);
    if (waiting && waiting.dueAt <= dueAt) return;
    waiting?.cancel();
    const cancel = this.#clock.schedule(delayMs, () => {
      this.#waiting.delete(key);
      this.#reconcile(key);
    });
    this.#waiting.set(key, { dueAt, cancel });
  }
}
