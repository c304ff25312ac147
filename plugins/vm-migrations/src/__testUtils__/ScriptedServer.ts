import {
  type Change,
  type ChangesPage,
  type ChangesRequest,
  type Cluster,
  type Migration,
} from 'backstage-plugin-vm-migrations-common';
import { page } from './migration';

/**
 * A server whose feed a test writes: what is pushed is told to whoever asks for changes
 * since an earlier position, as the real one does. Answers can be made to fail or to wait.
 */
export class ScriptedServer {
  active: Migration[] = [];
  clusters: Cluster[] = [];
  /** Thrown by every answer while it is set. */
  failure: Error | undefined;
  /** Positions that the feed no longer knows. */
  forgotten = new Set<string>();
  /** How many changes one page holds. */
  pageSize = 100;
  readonly asked: string[] = [];
  readonly #feed: Change[] = [];

  /** How far the feed has come, as the doorbell tells it. */
  get revision(): number {
    return Math.max(
      0,
      ...this.#feed.map(change =>
        change.type === 'migration' ? change.migration.revision : 0,
      ),
    );
  }

  push(...changes: Change[]): void {
    this.#feed.push(...changes);
  }

  getChanges = async (request: ChangesRequest = {}): Promise<ChangesPage> => {
    const { since = '', signal } = request;
    this.asked.push(`changes ${since}`);
    this.#answer(signal);
    if (this.forgotten.has(since)) {
      return { changes: [], position: since, more: false, reset: true };
    }
    const from = Number(since);
    const to = Math.min(from + this.pageSize, this.#feed.length);
    return {
      changes: this.#feed.slice(from, to),
      position: String(to),
      more: to < this.#feed.length,
      reset: false,
    };
  };

  readonly listActiveMigrations = async () => {
    this.asked.push('snapshot');
    this.#answer();
    return page(this.active, { position: String(this.#feed.length) });
  };

  listClusters = async () => {
    this.#answer();
    return { items: this.clusters };
  };

  #answer(signal?: AbortSignal): void {
    signal?.throwIfAborted();
    if (this.failure) {
      throw this.failure;
    }
  }
}
