import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { databaseErrorText } from '../store';
import type { Clock } from '../watch/types';
import { LeaseTable, type Lease } from './LeaseTable';

/*
 * Which replica watches which cluster. Each cluster has a lease in the database; a replica
 * renews those it holds and takes free ones, up to its fair share. A lease alone does not
 * keep a replica that was paused from writing late: that is what the fencing counter is for,
 * which grows with every change of hands and which the store checks with every write.
 *
 * A replica keeps watching while the database cannot be reached: nobody can take a cluster
 * then, and nothing can be written that would have to be undone.
 */

/** A killed replica's clusters are free after this, and taken a round later: 12.5 s at most. */
const LEASE_MS = 10_000;

/** Three rounds may fail before a lease ends. */
const ROUND_MS = 2_500;

export interface ClusterOwnershipOptions {
  knex: Knex;
  /** Unique among all replicas, and new with every start. */
  replicaId: string;
  /** Names of the clusters that this replica can watch. */
  clusters: string[];
  /**
   * No other process uses the database, so that a restart need not wait for the leases of
   * the process before it, which may have been killed.
   */
  exclusive?: boolean;
  clock: Clock;
  logger: LoggerService;
  /**
   * Watches a cluster until the signal aborts, and resolves when it has stopped. When it ends
   * by itself, or rejects, the cluster is handed back, and taken again by somebody.
   */
  acquired(cluster: string, fence: number, signal: AbortSignal): Promise<void>;
}

interface Held {
  fence: number;
  controller: AbortController;
  /** Resolves when the watch has stopped and the lease is handed back. */
  done: Promise<void>;
}

export class ClusterOwnership {
  readonly #options: ClusterOwnershipOptions;
  readonly #leases: LeaseTable;
  readonly #held = new Map<string, Held>();
  readonly #stop = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(options: ClusterOwnershipOptions) {
    this.#options = options;
    this.#leases = new LeaseTable({
      knex: options.knex,
      holder: options.replicaId,
      durationMs: LEASE_MS,
    });
  }

  /** Begins to take clusters. Resolves after the first round, whether or not it succeeded. */
  async start(): Promise<void> {
    if (this.#options.exclusive) {
      await this.#attempt('taking over from the process before', () =>
        this.#leases.evictOthers(),
      );
    }
    await this.#round();
    this.#loop = this.#repeat();
  }

  /** Stops watching, hands all clusters back at once and takes part no more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    const held = [...this.#held.values()];
    for (const { controller } of held) {
      controller.abort();
    }
    await Promise.all(held.map(({ done }) => done));
    await this.#attempt('leaving the other replicas', () =>
      this.#leases.leave(),
    );
  }

  async #repeat(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#stop;
    await clock.sleep(ROUND_MS, signal);
    while (!signal.aborted) {
      await this.#round();
      await clock.sleep(ROUND_MS, signal);
    }
  }

  async #round(): Promise<void> {
    const { clusters } = this.#options;
    await this.#attempt('agreeing on clusters', async () => {
      await this.#leases.register(clusters);
      const replicas = await this.#leases.beat();
      await this.#keep(await this.#leases.renew());
      const share = Math.ceil(clusters.length / replicas);
      const room = share - this.#held.size;
      if (room > 0) {
        const wanted = clusters.filter(cluster => !this.#held.has(cluster));
        for (const lease of await this.#leases.claim(wanted, room)) {
          this.#take(lease);
        }
      }
      const kept = [...this.#held.values()].filter(
        ({ controller }) => !controller.signal.aborted,
      );
      for (const { controller } of kept.slice(share)) {
        controller.abort();
      }
    });
  }

  /** Brings what is watched here in line with the leases that were renewed. */
  async #keep(renewed: Lease[]): Promise<void> {
    const fences = new Map(
      renewed.map(({ cluster, fence }) => [cluster, fence]),
    );
    for (const [cluster, { fence, controller }] of this.#held) {
      if (fences.get(cluster) !== fence) {
        this.#options.logger.warn(
          `Cluster '${cluster}' was taken over by another replica`,
        );
        controller.abort();
      }
    }
    for (const cluster of fences.keys()) {
      // Its watch has ended, but handing it back had failed.
      if (!this.#held.has(cluster)) {
        await this.#leases.release(cluster);
      }
    }
  }

  #take({ cluster, fence }: Lease): void {
    const controller = new AbortController();
    this.#held.set(cluster, {
      fence,
      controller,
      done: this.#watch(cluster, fence, controller.signal),
    });
  }

  async #watch(
    cluster: string,
    fence: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { acquired, logger } = this.#options;
    logger.info(`This replica watches cluster '${cluster}' from now on`);
    await this.#attempt(`watching cluster '${cluster}'`, () =>
      acquired(cluster, fence, signal),
    );
    this.#held.delete(cluster);
    await this.#attempt(`handing cluster '${cluster}' back`, () =>
      this.#leases.release(cluster),
    );
  }

  /** What fails is tried again with the next round. */
  async #attempt(what: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.#options.logger.error(
        `Failed at ${what}, trying again in ${ROUND_MS} ms: ${databaseErrorText(
          error,
        )}`,
      );
    }
  }
}
