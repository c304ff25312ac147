import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterSource } from 'backstage-plugin-vm-migrations-node';
import type { Knex } from 'knex';
import { WATCHED_RESOURCES } from '../../src/kubevirt';
import { Recorder } from '../../src/recording';
import {
  ClusterStore,
  MigrationWriter,
  openDatabase,
  type WriteBatch,
} from '../../src/store';
import { SystemClock } from '../../src/watch';

/** Warnings and errors only: a benchmark that fails quietly measures nothing. */
export const benchLogger: LoggerService = {
  debug() {},
  info() {},
  warn: message => process.stderr.write(`${message}\n`),
  error: message => process.stderr.write(`${message}\n`),
  child: () => benchLogger,
};

/**
 * The write path of the plugin in this process, without the rest of Backstage around it.
 */
export class RecordingRig {
  /** Resolves when every resource of every cluster is being watched. */
  readonly watching: Promise<void>;
  readonly #recorder: Recorder;

  private constructor(recorder: Recorder, watching: Promise<void>) {
    this.watching = watching;
    this.#recorder = recorder;
  }

  static async start(options: {
    knex: Knex;
    sources: ClusterSource[];
    /** After every commit. */
    onCommit(batch: WriteBatch): void;
  }): Promise<RecordingRig> {
    const { knex, sources, onCommit } = options;
    await openDatabase({ getClient: async () => knex });
    const records = new MigrationWriter(knex);
    const clusterStore = new ClusterStore(knex);
    await clusterStore.saveClusters(sources, []);
    const watched = new Set<string>();
    let allWatched = () => {};
    const watching = new Promise<void>(resolve => {
      allWatched = resolve;
    });
    const recorder = new Recorder({
      knex,
      records: {
        getPositions: cluster => records.getPositions(cluster),
        async apply(batch) {
          const result = await records.apply(batch);
          onCommit(batch);
          return result;
        },
      },
      clusterStore: {
        saveHealth: async (cluster, resources, fence) => {
          for (const { resource, phase } of resources) {
            if (phase === 'watching') {
              watched.add(`${cluster}/${resource}`);
            }
          }
          if (watched.size === sources.length * WATCHED_RESOURCES.length) {
            allWatched();
          }
          return clusterStore.saveHealth(cluster, resources, fence);
        },
      },
      sources,
      replicaId: randomUUID(),
      clock: new SystemClock(),
      logger: benchLogger,
      onCommit() {},
    });
    await recorder.start();
    return new RecordingRig(recorder, watching);
  }

  async stop(): Promise<void> {
    await this.#recorder.stop();
  }
}
