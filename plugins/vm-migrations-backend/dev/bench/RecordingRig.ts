import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterSource } from 'backstage-plugin-vm-migrations-node';
import type { Knex } from 'knex';
import { WATCHED_RESOURCES } from '../../src/kubevirt';
import { ClusterOwnership } from '../../src/ownership';
import { GroupCommitWriter, recordCluster } from '../../src/recording';
import {
  ClusterStore,
  MigrationWriter,
  openDatabase,
  type WriteBatch,
} from '../../src/store';
import { ListSlots, SystemClock } from '../../src/watch';

/** Warnings and errors only: a benchmark that fails quietly measures nothing. */
export const benchLogger: LoggerService = {
  debug() {},
  info() {},
  warn: message => process.stderr.write(`${message}\n`),
  error: message => process.stderr.write(`${message}\n`),
  child: () => benchLogger,
};

/**
 * The write path of the plugin in this process, put together as `plugin.ts` does, without
 * the rest of Backstage around it.
 */
export class RecordingRig {
  /** Resolves when every resource of every cluster is being watched. */
  readonly watching: Promise<void>;
  readonly #ownership: ClusterOwnership;
  readonly #writer: GroupCommitWriter;

  private constructor(
    ownership: ClusterOwnership,
    writer: GroupCommitWriter,
    watching: Promise<void>,
  ) {
    this.watching = watching;
    this.#ownership = ownership;
    this.#writer = writer;
  }

  static async start(options: {
    knex: Knex;
    sources: ClusterSource[];
    /** After every commit. */
    onCommit(batch: WriteBatch): void;
  }): Promise<RecordingRig> {
    const { knex, sources, onCommit } = options;
    await openDatabase({ getClient: async () => knex });
    const clock = new SystemClock();
    const records = new MigrationWriter(knex);
    const clusterStore = new ClusterStore(knex);
    await clusterStore.saveClusters(sources, []);
    const writer = new GroupCommitWriter({
      store: {
        async apply(batch) {
          const result = await records.apply(batch);
          onCommit(batch);
          return result;
        },
      },
      clock,
      logger: benchLogger,
      onCommit() {},
    });
    const watched = new Set<string>();
    let allWatched = () => {};
    const watching = new Promise<void>(resolve => {
      allWatched = resolve;
    });
    const listSlots = new ListSlots();
    const byName = new Map(sources.map(source => [source.name, source]));
    const ownership = new ClusterOwnership({
      knex,
      replicaId: randomUUID(),
      clusters: [...byName.keys()],
      clock,
      logger: benchLogger,
      acquired: async (cluster, fence, signal) => {
        const source = byName.get(cluster);
        if (source) {
          await recordCluster(
            {
              source,
              positions: await records.getPositions(cluster),
              saveHealth: async resources => {
                for (const { resource, phase } of resources) {
                  if (phase === 'watching') {
                    watched.add(`${cluster}/${resource}`);
                  }
                }
                if (
                  watched.size ===
                  sources.length * WATCHED_RESOURCES.length
                ) {
                  allWatched();
                }
                await clusterStore.saveHealth(cluster, resources, fence);
              },
              writer,
              clock,
              logger: benchLogger,
              listSlots,
              random: Math.random,
            },
            fence,
            signal,
          );
        }
      },
    });
    await ownership.start();
    return new RecordingRig(ownership, writer, watching);
  }

  async stop(): Promise<void> {
    await this.#ownership.stop();
    await this.#writer.stop();
  }
}
