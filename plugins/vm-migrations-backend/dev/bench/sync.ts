import { readFile } from 'node:fs/promises';
import { BackendProcess } from '../backendProcess/BackendProcess';
import { ClusterConnection } from '../../src/clusters';
import { WATCHED_RESOURCES } from '../../src/kubevirt';
import { ListSlots } from '../../src/watch';
import { listResource } from '../../src/watch/listResource';
import type { BenchDatabase } from './BenchDatabase';
import { ClusterProcess } from './ClusterProcess';
import { benchLogger, RecordingRig } from './RecordingRig';

const CLUSTERS = 50;
const INSTANCES_PER_CLUSTER = 2_000;
const MIGRATIONS_PER_CLUSTER = 400;
const PAGE_SIZE = 500;
const SYNC_TIMEOUT_MS = 300_000;
const SYNC_POLL_MS = 500;

export interface SyncResult {
  database: string;
  instances: number;
  migrations: number;
  /** Until everything is in the record, in milliseconds. */
  syncMs: number;
  /** Downloading and parsing the same lists with nothing else. */
  limitMs: number;
  ratio: number;
  /** Peak of a whole Backstage backend with this plugin alone, in bytes. */
  residentBytes: number;
}

/** The first sync of many clusters. */
export async function benchSync(database: BenchDatabase): Promise<SyncResult> {
  const clusters = await ClusterProcess.start(CLUSTERS);
  try {
    await clusters.run({
      type: 'populate',
      instances: INSTANCES_PER_CLUSTER,
      migrations: MIGRATIONS_PER_CLUSTER,
    });
    // Twice, because the first reading also pays for what the process does for the first time.
    await readLists(clusters);
    const limitMs = await readLists(clusters);
    const syncMs = await recordLists(clusters, database);
    return {
      database: database.name,
      instances: CLUSTERS * INSTANCES_PER_CLUSTER,
      migrations: CLUSTERS * MIGRATIONS_PER_CLUSTER,
      syncMs: Math.round(syncMs),
      limitMs: Math.round(limitMs),
      ratio: Math.round((syncMs / limitMs) * 100) / 100,
      residentBytes: await peakOfBackend(clusters, database),
    };
  } finally {
    clusters.stop();
  }
}

async function readLists(clusters: ClusterProcess): Promise<number> {
  const slots = new ListSlots();
  const { signal } = new AbortController();
  const sources = await clusters.sources();
  const begin = performance.now();
  await Promise.all(
    sources.map(async source => {
      const connection = ClusterConnection.create({
        source,
        logger: benchLogger,
      });
      for (const resource of WATCHED_RESOURCES) {
        let next: string | undefined;
        let begun = false;
        do {
          const release = await slots.acquire(signal, begun);
          try {
            const page = await listResource({
              connection,
              resource,
              limit: PAGE_SIZE,
              continue: next,
              signal,
              onProgress() {},
            });
            next = page.continue;
          } finally {
            release();
          }
          begun = true;
        } while (next !== undefined);
      }
      await connection.close();
    }),
  );
  return performance.now() - begin;
}

async function recordLists(
  clusters: ClusterProcess,
  database: BenchDatabase,
): Promise<number> {
  const knex = await database.open();
  let completed = 0;
  let finish = () => {};
  const finished = new Promise<void>(resolve => {
    finish = resolve;
  });
  const sources = await clusters.sources();
  const begin = performance.now();
  const rig = await RecordingRig.start({
    knex,
    sources,
    onCommit(batch) {
      completed += batch.completions.length;
      if (completed >= sources.length * WATCHED_RESOURCES.length) {
        finish();
      }
    },
  });
  await finished;
  const milliseconds = performance.now() - begin;
  await rig.stop();
  for (const [table, expected] of [
    ['migrations', MIGRATIONS_PER_CLUSTER],
    ['virtual_machines', INSTANCES_PER_CLUSTER],
  ] as const) {
    const [{ count }] = await knex(table).count({ count: '*' });
    if (Number(count) !== expected * CLUSTERS) {
      throw new Error(`${table} has ${count} rows`);
    }
  }
  await knex.destroy();
  return milliseconds;
}

async function peakOfBackend(
  clusters: ClusterProcess,
  database: BenchDatabase,
): Promise<number> {
  const backend = await BackendProcess.create({
    database: await database.config(),
    vmMigrations: {
      clusters: clusters.clusters.map(({ name, url }) => ({
        name,
        url,
        serviceAccountToken: clusters.token,
      })),
    },
  });
  try {
    await backend.start();
    await backend.waitForClusters(
      items =>
        items.every(({ resources }) =>
          resources.every(({ resourceVersion }) => resourceVersion),
        ) && items.every(({ state }) => state === 'live'),
      SYNC_TIMEOUT_MS,
      SYNC_POLL_MS,
    );
    const status = await readFile(`/proc/${backend.pid}/status`, 'utf8');
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return Number(peak) * 1_024;
  } finally {
    await backend.remove();
  }
}
