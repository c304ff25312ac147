import type { ChangesPage } from 'backstage-plugin-vm-migrations-common';
import type { MigrationReader } from '../../store/types';
import type { Clock } from '../../watch/types';
import { hideMigrations, type Visibility } from '../permissions';
import type { ChangeNotifier } from './ChangeNotifier';

export interface ChangesQuery {
  since?: string;
  limit: number;
  visible: Visibility;
}

/**
 * Reads the change feed, and waits for it. A commit wakes everybody at once, and most of
 * them stand at the same position and may see the same, so equal reads are made once.
 */
export class ChangeFeed {
  readonly #reader: Pick<MigrationReader, 'listChanges' | 'listMigrations'>;
  readonly #notifier: ChangeNotifier;
  readonly #clock: Clock;
  readonly #running = new Map<string, Promise<ChangesPage>>();

  constructor(options: {
    reader: Pick<MigrationReader, 'listChanges' | 'listMigrations'>;
    notifier: ChangeNotifier;
    clock: Clock;
  }) {
    this.#reader = options.reader;
    this.#notifier = options.notifier;
    this.#clock = options.clock;
  }

  /**
   * The changes after a position, and what to wait for when there are none.
   *
   * @throws InputError if `since` is no position
   */
  async read(
    query: ChangesQuery,
  ): Promise<{ page: ChangesPage; tick: number }> {
    const { tick } = this.#notifier;
    // A read that began before the tick may have missed what the tick stands for.
    const key = JSON.stringify([tick, query]);
    const running = this.#running.get(key);
    if (running) {
      return { page: await running, tick };
    }
    const reading = this.#list(query);
    this.#running.set(key, reading);
    try {
      return { page: await reading, tick };
    } finally {
      this.#running.delete(key);
    }
  }

  /**
   * The changes after a position; when there are none, waits for them. Answers without any
   * after `waitMs`, on abort, and when the backend stops, the position may be a later one
   * nevertheless: what has changed meanwhile is not for the caller to see.
   */
  async readWaiting(
    query: ChangesQuery,
    options: { waitMs: number; signal: AbortSignal },
  ): Promise<ChangesPage> {
    const { waitMs, signal } = options;
    const deadline = this.#clock.now() + waitMs;
    let { since } = query;
    for (;;) {
      const { page, tick } = await this.read({ ...query, since });
      const left = deadline - this.#clock.now();
      if (
        since === undefined ||
        page.changes.length > 0 ||
        page.more ||
        page.reset ||
        left <= 0 ||
        signal.aborted ||
        this.#notifier.stopped
      ) {
        return page;
      }
      since = page.position;
      await this.#notifier.wait(tick, left, signal);
    }
  }

  async #list(query: ChangesQuery): Promise<ChangesPage> {
    const page = await this.#reader.listChanges(query);
    const machines = page.changes.flatMap(change =>
      change.type === 'virtual-machine' ? change.virtualMachine : [],
    );
    const hide = await hideMigrations(
      machines,
      query.visible.migrations,
      this.#reader,
    );
    return {
      ...page,
      changes: page.changes.map(change =>
        change.type === 'virtual-machine'
          ? { ...change, virtualMachine: hide(change.virtualMachine) }
          : change,
      ),
    };
  }
}
