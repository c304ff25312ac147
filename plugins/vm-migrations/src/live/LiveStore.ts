import type {
  Change,
  Cluster,
  Migration,
} from 'backstage-plugin-vm-migrations-common';
import { compareNewestFirst } from '../logic/history';
import type { EpochMs, Milliseconds } from '../logic/units';

/*
 * The live set: moves under way and the clusters they are seen in, in one normalised
 * place outside of React.
 *
 *     snapshot ─ reset() ─┐
 *     changes ── apply() ─┼─→ records by id ─→ one notification to each who listens to
 *     history ── observe()┘                    the list, to that id, or to changes
 *
 * A page of changes is one notification. A record replaces another only when its
 * revision is greater, so that what comes twice, late or in another order does no harm.
 * The store knows neither where data comes from nor what shows it.
 */

/** Ended moves are kept this long: a history page asked for earlier may lack them. */
const KEEP_ENDED: Milliseconds = 120_000;

/** What reaches those who keep something derived from the records. */
export type LiveChange =
  | { type: 'migration'; migration: Migration; previous?: Migration }
  | { type: 'merged'; id: string }
  | { type: 'reset' };

/** A consistent picture of everything live, read at once. */
export interface LiveSnapshot {
  active: Migration[];
  clusters: Cluster[];
}

export class LiveStore {
  readonly #now: () => EpochMs;
  readonly #active = new Map<string, Migration>();
  readonly #ended = new Map<string, { migration: Migration; at: EpochMs }>();
  #clusters: ReadonlyMap<string, Cluster> = new Map();
  #sorted: readonly Migration[] | undefined;
  #lastEventAt: string | undefined;

  readonly #listListeners = new Set<() => void>();
  readonly #itemListeners = new Map<string, Set<() => void>>();
  readonly #changeListeners = new Set<(changes: LiveChange[]) => void>();

  constructor(options: { now?: () => EpochMs } = {}) {
    this.#now = options.now ?? Date.now;
  }

  /** Moves under way, newest first; the same array until one of them changes. */
  readonly getActive = (): readonly Migration[] => {
    this.#sorted ??= [...this.#active.values()].sort(compareNewestFirst);
    return this.#sorted;
  };

  readonly getClusters = (): ReadonlyMap<string, Cluster> => this.#clusters;

  /** When something last happened in a cluster, as far as the live set knows. */
  readonly getLastEventAt = (): string | undefined => this.#lastEventAt;

  /** A move that is under way or has just ended. */
  getMigration(id: string): Migration | undefined {
    return this.#active.get(id) ?? this.#ended.get(id)?.migration;
  }

  /** Moves that ended a moment ago. */
  getRecentlyEnded(): Migration[] {
    return [...this.#ended.values()].map(({ migration }) => migration);
  }

  /** Calls back after anything has changed. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listListeners.add(listener);
    return () => this.#listListeners.delete(listener);
  };

  /** Calls back after this one record has changed. */
  subscribeTo(id: string, listener: () => void): () => void {
    const listeners = this.#itemListeners.get(id) ?? new Set();
    this.#itemListeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) {
        this.#itemListeners.delete(id);
      }
    };
  }

  /** Tells what has changed, all of one page at once. */
  onChanges(listener: (changes: LiveChange[]) => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  /** Forgets everything and begins with this picture. */
  reset(snapshot: LiveSnapshot): void {
    const ids = [...this.#active.keys(), ...this.#ended.keys()];
    this.#active.clear();
    this.#ended.clear();
    this.#lastEventAt = undefined;
    for (const migration of snapshot.active) {
      this.#put(migration);
    }
    this.#clusters = new Map();
    for (const cluster of snapshot.clusters) {
      this.#putCluster(cluster);
    }
    this.#notify([...ids, ...this.#active.keys()], [{ type: 'reset' }]);
  }

  /** Works a page of changes in. */
  apply(changes: readonly Change[]): void {
    const told: LiveChange[] = [];
    let clusters = false;
    for (const change of changes) {
      switch (change.type) {
        case 'migration':
          told.push(...this.#put(change.migration));
          break;
        case 'migration-merged':
          this.#active.delete(change.id);
          this.#ended.delete(change.id);
          told.push({ type: 'merged', id: change.id });
          break;
        case 'cluster':
          clusters = this.#putCluster(change.cluster) || clusters;
          break;
        default:
          break;
      }
    }
    this.#forgetEnded();
    if (told.length > 0 || clusters) {
      this.#notify(told.flatMap(idsOf), told);
    }
  }

  /** Takes in records that were loaded for another reason and may be newer. */
  observe(migrations: readonly Migration[]): void {
    const known = migrations.filter(({ id }) => this.getMigration(id));
    const told = known.flatMap(migration => this.#put(migration));
    if (told.length > 0) {
      this.#notify(told.flatMap(idsOf), told);
    }
  }

  #put(migration: Migration): LiveChange[] {
    const { id, revision, outcome, updatedAt } = migration;
    const previous = this.getMigration(id);
    if (previous && previous.revision >= revision) {
      return [];
    }
    if (outcome === 'active') {
      this.#active.set(id, migration);
      this.#ended.delete(id);
    } else {
      this.#active.delete(id);
      this.#ended.set(id, { migration, at: this.#now() });
    }
    this.#eventAt(updatedAt);
    return [{ type: 'migration', migration, previous }];
  }

  #putCluster(cluster: Cluster): boolean {
    const known = this.#clusters.get(cluster.name);
    if (known && known.revision >= cluster.revision) {
      return false;
    }
    this.#clusters = new Map(this.#clusters).set(cluster.name, cluster);
    this.#eventAt(cluster.lastEventAt);
    return true;
  }

  #eventAt(time: string | undefined): void {
    if (time !== undefined && (this.#lastEventAt ?? '') < time) {
      this.#lastEventAt = time;
    }
  }

  #forgetEnded(): void {
    for (const [id, { at }] of this.#ended) {
      if (at <= this.#now() - KEEP_ENDED) {
        this.#ended.delete(id);
      }
    }
  }

  #notify(ids: string[], changes: LiveChange[]): void {
    if (changes.length > 0) {
      this.#sorted = undefined;
      for (const listener of this.#changeListeners) {
        listener(changes);
      }
    }
    for (const id of new Set(ids)) {
      for (const listener of this.#itemListeners.get(id) ?? []) {
        listener();
      }
    }
    for (const listener of this.#listListeners) {
      listener();
    }
  }
}

function idsOf(change: LiveChange): string[] {
  switch (change.type) {
    case 'migration':
      return [change.migration.id];
    case 'merged':
      return [change.id];
    default:
      return [];
  }
}
