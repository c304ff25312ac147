/**
 * Load: many machines in many clusters, and so many moves that watchers get a wanted
 * number of events per second. KubeVirt's limits are lifted, failures are rare.
 */
import { RealClock, type Clock } from '../clock';
import {
  DEFAULT_MIGRATION_CONFIGURATION,
  Fleet,
  RECORDED_TIMINGS,
  type GroundTruth,
  type KubeVirtCluster,
  type KubeVirtSettings,
  type ObjectName,
} from '../kubevirt';
import { SeededRandom, type Random } from '../random';
import { ServedClusters } from '../serving';
import { happens, pick } from './chance';

export interface LoadScenarioOptions {
  clusters: number;
  machinesPerCluster: number;
  /** Wanted changes of migrations, instances and machines, of all clusters together. */
  eventsPerSecond: number;
  /** The same seed gives the same machines and the same order of moves. */
  seed: number;
  /** The machine's clock when absent. */
  clock?: Clock;
  /** The port of the first cluster, the others follow; free ones when absent or 0. */
  port?: number;
  /** Where faults are switched, 0: any free port; nowhere when absent. */
  controlPort?: number;
}

/** What the scenario has done since it was started. */
export interface LoadStatistics {
  events: number;
  /** Migrations that were created. */
  moves: number;
}

const TICK_MS = 50;
const MACHINES_PER_NODE = 40;
const LEAST_NODES = 3;
const NAMESPACES = 10;
const FAILURE_PERCENT = 2;

/** So many dice are thrown for a machine that is not moving already. */
const TRIES = 10;

/** 12 changes of the migration (with the oldest that goes for it), 8 of its instance, 2 of its machine. */
const EVENTS_PER_MOVE = 22;

const UNLIMITED = 1_000_000;

const SETTINGS: Partial<KubeVirtSettings> = {
  migrations: {
    ...DEFAULT_MIGRATION_CONFIGURATION,
    parallelMigrationsPerCluster: UNLIMITED,
    parallelOutboundMigrationsPerNode: UNLIMITED,
  },
  timings: { ...RECORDED_TIMINGS, copy: [1_000, 6_000] },
};

/** A long run would otherwise fill the memory. */
const KEPT_TRUTHS = 200_000;

const WATCHED = new Set([
  'virtualmachines',
  'virtualmachineinstances',
  'virtualmachineinstancemigrations',
]);

export class LoadScenario {
  readonly served: ServedClusters;
  readonly #fleet: Fleet;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #machines: ObjectName[];
  readonly #eventsPerSecond: number;
  readonly #startedAt: number;
  #events = 0;
  #moves = 0;
  #isStopped = false;

  private constructor(
    served: ServedClusters,
    fleet: Fleet,
    clock: Clock,
    random: Random,
    options: LoadScenarioOptions,
  ) {
    this.served = served;
    this.#fleet = fleet;
    this.#clock = clock;
    this.#random = random;
    this.#machines = machineNames(options.machinesPerCluster);
    this.#eventsPerSecond = options.eventsPerSecond;
    this.#startedAt = clock.now();
  }

  /** Resolves when all machines are there and the clusters are served. */
  static async start(options: LoadScenarioOptions): Promise<LoadScenario> {
    const { clock = new RealClock(), seed, port, controlPort } = options;
    const random = SeededRandom.create(seed);
    const fleet = new Fleet({
      clock,
      random,
      identity: `load/${seed}`,
      keptTruths: KEPT_TRUTHS,
    });
    for (let number = 1; number <= options.clusters; number += 1) {
      addCluster(fleet, `load-${number}`, options.machinesPerCluster, clock);
    }
    const served = await ServedClusters.start({
      stores: new Map(fleet.clusters.map(({ name, store }) => [name, store])),
      clock,
      port,
      controlPort,
    });
    const scenario = new LoadScenario(
      served,
      fleet,
      clock,
      random.fork(),
      options,
    );
    scenario.#begin();
    return scenario;
  }

  get truth(): GroundTruth {
    return this.#fleet.truth;
  }

  get statistics(): LoadStatistics {
    return { events: this.#events, moves: this.#moves };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#fleet.stop();
    await this.served.stop();
  }

  #begin(): void {
    for (const { store } of this.#fleet.clusters) {
      store.subscribe(({ resource }) => {
        if (WATCHED.has(resource.plural)) this.#events += 1;
      });
    }
    this.#tick();
  }

  #tick(): void {
    if (this.#isStopped) return;
    const seconds = (this.#clock.now() - this.#startedAt) / 1_000;
    const wanted = (this.#eventsPerSecond * seconds) / EVENTS_PER_MOVE;
    // Whatever cannot begin now, because too much moves already, begins later.
    while (this.#moves < wanted && this.#beginMove());
    this.#clock.schedule(TICK_MS, () => this.#tick());
  }

  #beginMove(): boolean {
    const random = this.#random;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const cluster = pick(random, this.#fleet.clusters);
      const machine = pick(random, this.#machines);
      if (!cluster || !machine) return false;
      if (cluster.canMigrate(machine)) {
        this.#move(cluster, machine);
        return true;
      }
    }
    return false;
  }

  #move(cluster: KubeVirtCluster, machine: ObjectName): void {
    this.#moves += 1;
    cluster.migrate(machine, {
      fail: happens(this.#random, FAILURE_PERCENT)
        ? 'handler-failed'
        : undefined,
    });
  }
}

function addCluster(
  fleet: Fleet,
  name: string,
  machines: number,
  clock: Clock,
): void {
  const count = Math.max(LEAST_NODES, Math.ceil(machines / MACHINES_PER_NODE));
  const nodes = Array.from(
    { length: count },
    (_, index) => `node-${index + 1}`,
  );
  const cluster = fleet.addCluster({ name, nodes, settings: SETTINGS });
  const sinceMs = clock.now();
  machineNames(machines).forEach((machine, index) =>
    cluster.createVirtualMachine(machine, {
      node: nodes[index % nodes.length],
      sinceMs,
    }),
  );
}

/** The same in every cluster. */
function machineNames(count: number): ObjectName[] {
  return Array.from({ length: count }, (_, index) => ({
    namespace: `load-${(index % NAMESPACES) + 1}`,
    name: `vm-${index + 1}`,
  }));
}
