import type { Milliseconds } from '../logic/units';

/** A wait that others can cut short. */
export class Pause {
  readonly #waiting = new Set<() => void>();

  /** Waits for this long, or until {@link Pause.end} is called or the signal aborts. */
  async wait(ms: Milliseconds, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    await new Promise<void>(resolve => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#waiting.delete(done);
        resolve();
      };
      if (ms !== Number.POSITIVE_INFINITY) {
        timer = setTimeout(done, ms);
      }
      signal.addEventListener('abort', done);
      this.#waiting.add(done);
    });
  }

  /** Ends the waits that are under way. */
  end(): void {
    for (const done of [...this.#waiting]) {
      done();
    }
  }
}
