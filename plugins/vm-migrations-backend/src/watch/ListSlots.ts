/** A page is held in memory from its first byte until the sink has taken it. */
const DEFAULT_SLOTS = 4;

interface Waiting {
  take(): void;
  begun: boolean;
}

/**
 * Bounds how many list pages one process holds at once, so that the first sync of many
 * clusters does not need the memory of all their objects together.
 */
export class ListSlots {
  #free: number;
  readonly #waiting: Waiting[] = [];

  /** @param size how many pages may be held */
  constructor(size: number = DEFAULT_SLOTS) {
    this.#free = size;
  }

  /**
   * Waits for a slot.
   *
   * @param begun the list has pages already. Those go first: a list that takes longer than
   * the API server keeps its history for (5 minutes) has to begin again.
   * @returns what gives the slot back; only its first call counts
   * @throws the signal's reason when it aborts first
   */
  async acquire(signal: AbortSignal, begun: boolean): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return this.#lease();
    }
    let abort = () => {};
    const slot = new Promise<() => void>((resolve, reject) => {
      const waiting = { begun, take: () => resolve(this.#lease()) };
      this.#waiting.push(waiting);
      abort = () => {
        const position = this.#waiting.indexOf(waiting);
        if (position !== -1) {
          this.#waiting.splice(position, 1);
          reject(signal.reason);
        }
      };
      signal.addEventListener('abort', abort, { once: true });
    });
    try {
      return await slot;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  #lease(): () => void {
    let held = true;
    return () => {
      if (!held) {
        return;
      }
      held = false;
      const begun = this.#waiting.findIndex(waiting => waiting.begun);
      const [next] = this.#waiting.splice(Math.max(begun, 0), 1);
      if (next) {
        next.take();
      } else {
        this.#free += 1;
      }
    };
  }
}
