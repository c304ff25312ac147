import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterSource } from 'backstage-plugin-vm-migrations-node';
import type { Knex } from 'knex';
import { ClusterOwnership } from '../ownership';
import {
  isSqlite,
  type BatchStore,
  type ClusterStore,
  type MigrationWriter,
  type WriteResult,
} from '../store';
import { ListSlots, type Clock } from '../watch';
import { GroupCommitWriter } from './GroupCommitWriter';
import { recordCluster } from './recordCluster';

export interface RecorderOptions {
  knex: Knex;
  records: BatchStore & Pick<MigrationWriter, 'getPositions'>;
  clusterStore: Pick<ClusterStore, 'saveHealth'>;
  sources: ClusterSource[];
  /** Unique among all replicas, and new with every start. */
  replicaId: string;
  clock: Clock;
  logger: LoggerService;
  /** After every commit, of records or of health. Must not throw. */
  onCommit(result: Pick<WriteResult, 'position' | 'changed'>): void;
}

/** Records all clusters that this replica holds: the write path as a whole. */
export class Recorder {
  readonly #ownership: ClusterOwnership;
  readonly #writer: GroupCommitWriter;

  constructor(options: RecorderOptions) {
    const { knex, records, clusterStore, clock, logger, onCommit } = options;
    const sources = new Map(
      options.sources.map(source => [source.name, source]),
    );
    const listSlots = new ListSlots();
    const writer = new GroupCommitWriter({
      store: records,
      clock,
      logger,
      onCommit,
    });
    this.#writer = writer;
    this.#ownership = new ClusterOwnership({
      knex,
      replicaId: options.replicaId,
      clusters: [...sources.keys()],
      exclusive: isSqlite(knex),
      clock,
      logger,
      acquired: async (cluster, fence, signal) => {
        const source = sources.get(cluster);
        if (source) {
          await recordCluster(
            {
              source,
              positions: await records.getPositions(cluster),
              saveHealth: async resources =>
                onCommit(
                  await clusterStore.saveHealth(cluster, resources, fence),
                ),
              writer,
              clock,
              logger,
              listSlots,
              random: Math.random,
            },
            fence,
            signal,
          );
        }
      },
    });
  }

  /** Begins to take clusters. */
  async start(): Promise<void> {
    await this.#ownership.start();
  }

  /** Hands all clusters back at once; what is being written is finished. */
  async stop(): Promise<void> {
    await this.#ownership.stop();
    await this.#writer.stop();
  }
}
