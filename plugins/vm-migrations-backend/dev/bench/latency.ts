import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { VmMigrationsApi } from 'backstage-plugin-vm-migrations-common';
import {
  ALL_RULES,
  ApiServer,
  CORE_RESOURCES,
  KUBEVIRT_RESOURCES,
  ObjectStore,
  RealClock,
  SeededRandom,
} from 'kubevirt-simulator';
import { BackendProcess } from '../backendProcess/BackendProcess';
import type { BenchDatabase } from './BenchDatabase';
import { benchmarkMigration } from './objects';
import { quantiles } from './statistics';

const MIGRATIONS = 'virtualmachineinstancemigrations';
const WARM_UP = 50;
/** Nothing happens for so long before each event: the system is idle. */
const IDLE_MS = 20;
const WATCHING_TIMEOUT_MS = 60_000;

export interface LatencyResult {
  database: string;
  samples: number;
  /** From the write in the API server to the answer of `GET /changes` that has it. */
  milliseconds: ReturnType<typeof quantiles>;
}

/** How long a lone event takes from the API server to whoever waits at the REST API. */
export async function benchLatency(
  database: BenchDatabase,
  samples: number,
): Promise<LatencyResult> {
  const clock = new RealClock();
  const store = new ObjectStore({
    clock,
    random: SeededRandom.create(1),
    resources: [...CORE_RESOURCES, ...KUBEVIRT_RESOURCES],
  });
  const token = randomBytes(16).toString('hex');
  const server = await ApiServer.start({
    name: 'bench',
    store,
    clock,
    users: [{ name: 'bench', token, rules: ALL_RULES }],
  });
  const backend = await BackendProcess.create({
    database: await database.config(),
    vmMigrations: {
      clusters: [
        { name: 'bench', url: server.url, serviceAccountToken: token },
      ],
    },
  });
  try {
    await backend.start();
    await backend.waitForClusters(
      ([cluster]) =>
        cluster?.resources.length === 3 &&
        cluster.resources.every(({ phase }) => phase === 'watching'),
      WATCHING_TIMEOUT_MS,
    );
    const { client } = backend;
    const measured: number[] = [];
    for (let index = 0; index < WARM_UP + samples; index++) {
      const object = benchmarkMigration(0, index, 2);
      const visible = waitForRecord(client, object.metadata.uid);
      await setTimeout(IDLE_MS);
      const written = performance.now();
      store.put('ADDED', MIGRATIONS, object);
      measured.push((await visible) - written);
    }
    return {
      database: database.name,
      samples,
      milliseconds: quantiles(measured.slice(WARM_UP)),
    };
  } finally {
    await backend.remove();
    await server.stop();
  }
}

/** Follows the changes from now on and says when the record was among them. */
async function waitForRecord(
  client: VmMigrationsApi,
  id: string,
): Promise<number> {
  let { position } = await client.getChanges({});
  for (;;) {
    const page = await client.getChanges({ since: position, waitMs: 30_000 });
    ({ position } = page);
    const seen = page.changes.some(
      change => change.type === 'migration' && change.migration.id === id,
    );
    if (seen) {
      return performance.now();
    }
  }
}
