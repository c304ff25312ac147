import type {
  Change,
  Cluster,
  Migration,
  VmMigrationsApi,
} from 'backstage-plugin-vm-migrations-common';
import { problemOf, withTimeout, type Problem } from '../api';
import type { EpochMs, Milliseconds } from '../logic/units';
import type { LiveStore } from './LiveStore';
import { Pause } from './Pause';
import { pageVisibility, type PageVisibility } from './pageVisibility';

/*
 * Keeps a store like the server:
 *
 *     snapshot ──→ changes since its position ──→ wait ──→ changes since … ──→ wait
 *         ↑                  │ reset                 ↑
 *         └──────────────────┘                       ring, or a timer
 *
 * A ring (a signal of the portal) says only that there is something to fetch. A timer
 * stands in where signals are missing or are found not to arrive, and asks now and then
 * anyway, because a lost WebSocket is silent. A hidden tab rests and catches up when it is
 * looked at again. The position survives a stop, so that a start fetches what was missed.
 */

/** Between two questions when nothing rings. */
export const POLL_INTERVAL: Milliseconds = 5_000;

/** Between two questions while rings arrive: finds out that they have stopped. */
export const CHECK_INTERVAL: Milliseconds = 15_000;

/** However often it rings, a browser asks at most ten times a second. */
const SHORTEST_INTERVAL: Milliseconds = 100;

/** A ring may come this much later than the change that it announces. */
const RING_GRACE: Milliseconds = 2_000;

/** A failure that took this long is no accident. */
const SLOW_FAILURE: Milliseconds = 5_000;

const FIRST_RETRY: Milliseconds = 1_000;
const LONGEST_RETRY: Milliseconds = 30_000;

const SNAPSHOT_PAGE = 1000;

/** How the live set is kept up to date at the moment. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'delayed'; since: EpochMs }
  | { state: 'offline'; since: EpochMs; problem: Problem };

export interface LiveFeedOptions {
  api: Pick<
    VmMigrationsApi,
    'getChanges' | 'listActiveMigrations' | 'listClusters'
  >;
  store: LiveStore;
  visibility?: PageVisibility;
  now?: () => EpochMs;
  /** Between 0 and 1; spreads the retries of many browsers. */
  random?: () => number;
}

interface SyncedPage {
  /** It held changes. */
  found: boolean;
  /** There is more to fetch at once. */
  more: boolean;
}

export class LiveFeed {
  readonly #api: LiveFeedOptions['api'];
  readonly #store: LiveStore;
  readonly #visibility: PageVisibility;
  readonly #now: () => EpochMs;
  readonly #random: () => number;
  readonly #pause = new Pause();
  readonly #listeners = new Set<() => void>();

  #connection: Connection = { state: 'connecting' };
  #position: string | undefined;
  #syncedAt: EpochMs | undefined;
  #failures = 0;
  #signals: 'absent' | 'present' | 'heard' = 'absent';
  /** The revision that it rang for since the last time that everything was fetched. */
  #rungFor: number | undefined;
  /** Everything up to this revision has been fetched. */
  #revision = -1;
  /** Nothing was asked for a while: changes are found that no ring announces. */
  #isCatchingUp = true;
  #missedRingAt: EpochMs | undefined;

  constructor(options: LiveFeedOptions) {
    this.#api = options.api;
    this.#store = options.store;
    this.#visibility = options.visibility ?? pageVisibility;
    this.#now = options.now ?? Date.now;
    this.#random = options.random ?? Math.random;
  }

  readonly getConnection = (): Connection => this.#connection;

  /** When the live set was last known to be like the server. */
  readonly getSyncedAt = (): EpochMs | undefined => this.#syncedAt;

  /** Calls back when the connection changes. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Begins or goes on to follow the server until the returned function is called.
   * `signals` says that {@link LiveFeed.ring} can be expected to be called.
   */
  start(options: { signals: boolean }): () => void {
    const controller = new AbortController();
    this.#signals = options.signals ? 'present' : 'absent';
    this.#missedRingAt = undefined;
    this.#isCatchingUp = true;
    const unsubscribe = this.#visibility.subscribe(() => this.#pause.end());
    this.#run(controller.signal);
    return () => {
      controller.abort();
      unsubscribe();
    };
  }

  /** Something has changed on the server, which has now come to this revision. */
  ring(revision: number): void {
    this.#rungFor = revision;
    this.#signals = 'heard';
    this.#missedRingAt = undefined;
    if (this.#connection.state === 'delayed') {
      this.#setConnection({ state: 'live' });
    }
    if (this.#hasRung() && this.#failures === 0) {
      this.#pause.end();
    }
  }

  /** Asks at once instead of waiting for the next try. */
  retryNow(): void {
    this.#pause.end();
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#untilVisible(signal);
      const startedAt = this.#now();
      const wait = await this.#syncOnce(signal);
      await this.#pause.wait(
        this.#hasRung() && this.#failures === 0 ? 0 : wait,
        signal,
      );
      const rest = startedAt + SHORTEST_INTERVAL - this.#now();
      if (rest > 0) {
        await new Pause().wait(rest, signal);
      }
    }
  }

  /** It rang for something that has not been fetched meanwhile. */
  #hasRung(): boolean {
    return this.#rungFor !== undefined && this.#rungFor > this.#revision;
  }

  async #untilVisible(signal: AbortSignal): Promise<void> {
    while (!this.#visibility.isVisible() && !signal.aborted) {
      this.#isCatchingUp = true;
      await this.#pause.wait(Number.POSITIVE_INFINITY, signal);
    }
  }

  /** Fetches until there is no more; returns how long to wait before the next time. */
  async #syncOnce(signal: AbortSignal): Promise<Milliseconds> {
    const startedAt = this.#now();
    try {
      const rungFor = this.#rungFor;
      let page: SyncedPage;
      do {
        page = await withTimeout(signal, limited => this.#sync(limited));
        if (page.found && this.#rungFor === undefined && !this.#isCatchingUp) {
          this.#missedRingAt ??= this.#now();
        }
        this.#inStep();
      } while (page.more);
      this.#isCatchingUp = false;
      if (this.#rungFor === rungFor) {
        this.#rungFor = undefined;
      }
      return this.#signals === 'heard' && this.#missedRingAt === undefined
        ? CHECK_INTERVAL
        : POLL_INTERVAL;
    } catch (error) {
      if (!signal.aborted) {
        this.#fail(error, this.#now() - startedAt >= SLOW_FAILURE);
      }
      return this.#retryDelay();
    }
  }

  /** One step: a snapshot where there is no position, else a page of changes. */
  async #sync(signal: AbortSignal): Promise<SyncedPage> {
    if (this.#position === undefined) {
      this.#position = await this.#snapshot(signal);
      return { found: false, more: true };
    }
    const { changes, position, more, reset } = await this.#api.getChanges({
      since: this.#position,
      signal,
    });
    signal.throwIfAborted();
    if (reset) {
      this.#position = undefined;
      this.#revision = -1;
      return { found: false, more: true };
    }
    this.#store.apply(changes);
    this.#position = position;
    this.#revision = Math.max(this.#revision, ...changes.map(revisionOf));
    return { found: changes.length > 0, more };
  }

  /** Loads everything live and returns the position that it stands at. */
  async #snapshot(signal: AbortSignal): Promise<string> {
    const [clusters, { active, position }] = await Promise.all([
      this.#loadClusters(signal),
      this.#loadActive(signal),
    ]);
    signal.throwIfAborted();
    this.#store.reset({ active, clusters });
    return position;
  }

  /** Who may see migrations but no clusters still gets the migrations. */
  async #loadClusters(signal: AbortSignal): Promise<Cluster[]> {
    try {
      return (await this.#api.listClusters({ signal })).items;
    } catch (error) {
      if (problemOf(error).type === 'forbidden') {
        return [];
      }
      throw error;
    }
  }

  /** The position is that of the first page: what changed meanwhile comes after it. */
  async #loadActive(
    signal: AbortSignal,
  ): Promise<{ active: Migration[]; position: string }> {
    const active: Migration[] = [];
    let cursor: string | undefined;
    let position: string | undefined;
    do {
      const page = await this.#api.listActiveMigrations({
        limit: SNAPSHOT_PAGE,
        cursor,
        signal,
      });
      active.push(...page.items);
      position ??= page.position;
      cursor = page.pageInfo.nextCursor;
    } while (cursor !== undefined);
    return { active, position };
  }

  #inStep(): void {
    this.#failures = 0;
    this.#syncedAt = this.#now();
    const missedAt = this.#missedRingAt;
    if (this.#signals === 'absent') {
      this.#delayed(this.#now());
    } else if (missedAt !== undefined && this.#now() - missedAt > RING_GRACE) {
      this.#delayed(missedAt);
    } else if (this.#connection.state !== 'live') {
      this.#setConnection({ state: 'live' });
    }
  }

  #delayed(since: EpochMs): void {
    if (this.#connection.state !== 'delayed') {
      this.#setConnection({ state: 'delayed', since });
    }
  }

  /** A single quick failure may be an accident; the second one in a row is told. */
  #fail(error: unknown, isSlow: boolean): void {
    this.#failures += 1;
    this.#isCatchingUp = true;
    const known = this.#connection.state === 'offline' && this.#connection;
    if (known || isSlow || this.#syncedAt === undefined || this.#failures > 1) {
      this.#setConnection({
        state: 'offline',
        since: known ? known.since : this.#syncedAt ?? this.#now(),
        problem: problemOf(error),
      });
    }
  }

  #retryDelay(): Milliseconds {
    const longest = Math.min(
      LONGEST_RETRY,
      FIRST_RETRY * 2 ** (this.#failures - 1),
    );
    return longest * (0.5 + this.#random() / 2);
  }

  #setConnection(connection: Connection): void {
    this.#connection = connection;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

function revisionOf(change: Change): number {
  switch (change.type) {
    case 'migration':
      return change.migration.revision;
    case 'virtual-machine':
      return change.virtualMachine.revision;
    case 'cluster':
      return change.cluster.revision;
    default:
      return -1;
  }
}
