/*
 * Simulated clusters as a process of their own, steered by messages from the benchmark.
 */
import {
  ALL_RULES,
  ApiServer,
  CORE_RESOURCES,
  KUBEVIRT_RESOURCES,
  ObjectStore,
  RealClock,
  SeededRandom,
} from 'kubevirt-simulator';
import type { ClusterAddress, ToClusters, FromClusters } from './messages';
import { benchmarkInstance, benchmarkMigration, stepOf } from './objects';

const HISTORY_LIMIT = 1_000_000;
const MIGRATIONS = 'virtualmachineinstancemigrations';
const INSTANCES = 'virtualmachineinstances';

/** Between looks at how far the reader has come. */
const PACE_MS = 1;

const stores: ObjectStore[] = [];
let acknowledged = 0;

function say(message: FromClusters) {
  process.send?.(message);
}

async function start(count: number, token: string): Promise<ClusterAddress[]> {
  const clock = new RealClock();
  const random = SeededRandom.create(1);
  const addresses: ClusterAddress[] = [];
  for (let index = 0; index < count; index++) {
    const name = `cluster-${index + 1}`;
    const store = new ObjectStore({
      clock,
      random: random.fork(),
      resources: [...CORE_RESOURCES, ...KUBEVIRT_RESOURCES],
      historyLimit: HISTORY_LIMIT,
    });
    const server = await ApiServer.start({
      name,
      store,
      clock,
      users: [{ name: 'bench', token, rules: ALL_RULES }],
    });
    stores.push(store);
    addresses.push({ name, url: server.url });
  }
  return addresses;
}

function populate(instances: number, migrations: number) {
  for (const [cluster, store] of stores.entries()) {
    for (let index = 0; index < instances; index++) {
      store.put('ADDED', INSTANCES, benchmarkInstance(cluster, index));
    }
    for (let index = 0; index < migrations; index++) {
      store.put(
        'ADDED',
        MIGRATIONS,
        benchmarkMigration(cluster, index, stepOf.last),
      );
    }
  }
}

/** Moves run interleaved, so many at a time; the reader is never more than `ahead` behind. */
async function move(message: Extract<ToClusters, { type: 'move' }>) {
  const { moves, inFlight, ahead } = message;
  const running: { index: number; step: number }[] = [];
  let begun = 0;
  let sent = 0;
  while (begun < moves || running.length > 0) {
    while (running.length < inFlight && begun < moves) {
      running.push({ index: begun++, step: 0 });
    }
    for (const current of running) {
      while (sent - acknowledged >= ahead) {
        await new Promise(resolve => setTimeout(resolve, PACE_MS));
      }
      const cluster = current.index % stores.length;
      stores[cluster].put(
        current.step === 0 ? 'ADDED' : 'MODIFIED',
        MIGRATIONS,
        benchmarkMigration(cluster, current.index, current.step++),
      );
      sent++;
    }
    for (let at = running.length - 1; at >= 0; at--) {
      if (running[at].step > stepOf.last) {
        running.splice(at, 1);
      }
    }
  }
}

process.on('message', async (message: ToClusters) => {
  switch (message.type) {
    case 'start':
      say({
        type: 'started',
        clusters: await start(message.clusters, message.token),
      });
      break;
    case 'populate':
      populate(message.instances, message.migrations);
      say({ type: 'done' });
      break;
    case 'move':
      await move(message);
      say({ type: 'done' });
      break;
    case 'acknowledge':
      acknowledged = message.events;
      break;
    default:
      process.exit(0);
  }
});
process.on('disconnect', () => process.exit(0));
