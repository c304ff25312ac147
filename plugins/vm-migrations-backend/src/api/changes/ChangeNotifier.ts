import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { MigrationReader } from '../../store/types';
import type { Clock } from '../../watch/types';

/** How soon a commit of another replica is noticed, which nobody tells this one of. */
const POLL_MS = 1000;

/**
 * Wakes those who wait for the change feed to grow: at once when this replica commits, and
 * by asking the database for its position, only while somebody waits, for what others commit.
 *
 * Whoever waits takes `tick` before reading the feed and then waits for another one. A
 * commit between the two has changed it, so that none is missed; and a wake-up says only
 * that something may have changed.
 */
export class ChangeNotifier {
  readonly #reader: Pick<MigrationReader, 'listChanges'>;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #stop = new AbortController();
  readonly #waiters = new Set<() => void>();
  #tick = 0;
  #position: string | undefined;
  #polling = false;

  constructor(options: {
    reader: Pick<MigrationReader, 'listChanges'>;
    clock: Clock;
    logger: LoggerService;
  }) {
    this.#reader = options.reader;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /** Differs from what it was when the feed may have grown meanwhile. */
  get tick(): number {
    return this.#tick;
  }

  /** How many wait at the moment. */
  get waiting(): number {
    return this.#waiters.size;
  }

  /** True when nobody will be woken any more. */
  get stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** To be called after every commit of this replica that changed something. */
  notify(): void {
    this.#tick += 1;
    for (const wake of this.#waiters) {
      wake();
    }
  }

  /** Resolves when `tick` is no longer the given one, after `ms`, on abort, or on stop. */
  async wait(tick: number, ms: number, signal: AbortSignal): Promise<void> {
    if (this.#tick !== tick || this.stopped || signal.aborted) {
      return;
    }
    const woken = new AbortController();
    const wake = () => woken.abort();
    this.#waiters.add(wake);
    signal.addEventListener('abort', wake);
    try {
      this.#poll();
      await this.#clock.sleep(ms, woken.signal);
    } finally {
      signal.removeEventListener('abort', wake);
      this.#waiters.delete(wake);
    }
  }

  /** Ends all waiting, now and from now on. */
  stop(): void {
    this.#stop.abort();
    this.notify();
  }

  async #poll(): Promise<void> {
    if (this.#polling) {
      return;
    }
    this.#polling = true;
    while (this.#waiters.size > 0 && !this.stopped) {
      await this.#clock.sleep(POLL_MS, this.#stop.signal);
      if (this.#waiters.size > 0 && !this.stopped) {
        await this.#comparePosition();
      }
    }
    this.#polling = false;
  }

  async #comparePosition(): Promise<void> {
    try {
      const { position } = await this.#reader.listChanges({
        limit: 1,
        visible: { migrations: false, virtualMachines: false, clusters: false },
      });
      if (position !== this.#position) {
        this.#position = position;
        this.notify();
      }
    } catch (error) {
      // Whoever waits will meet the same error on reading, and is told.
      this.#logger.warn(
        `The position of the change feed could not be read: ${stringifyError(
          error,
        )}`,
      );
    }
  }
}
