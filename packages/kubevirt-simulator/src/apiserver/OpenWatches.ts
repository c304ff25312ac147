import type { FaultMatch } from '../faults';
import { matches } from '../faults/FaultController';
import { statusErrorOfCode } from './refusals';
import type { WatchStream } from './WatchStream';

/** The watches that are open at this moment. */
export class OpenWatches {
  readonly #watches = new Set<WatchStream>();

  add(watch: WatchStream): void {
    this.#watches.add(watch);
    watch.onEnd(() => this.#watches.delete(watch));
  }

  sendBookmarks(): void {
    for (const watch of this.#watches) watch.sendBookmark();
  }

  /** Ends those that match; with an ERROR event when there is a code. */
  end(match?: FaultMatch, code?: number): void {
    const status =
      code === undefined ? undefined : statusErrorOfCode(code).status;
    for (const watch of [...this.#watches]) {
      if (matches(match, watch.subject)) watch.end(status);
    }
  }
}
