/** Clusters that guests may be sent between. */
import { bootstrapCluster } from '../apiserver';
import type { Clock } from '../clock';
import type { Random } from '../random';
import {
  CORE_RESOURCES,
  KUBEVIRT_RESOURCES,
  ObjectStore,
  type ObjectStoreOptions,
} from '../store';
import { StoppableClock } from './access';
import { CrossClusterMover } from './CrossClusterMover';
import { FleetLinks } from './FleetLinks';
import { KubeVirtCluster } from './KubeVirtCluster';
import type { KubeVirtSettings } from './settings';
import type { GroundTruth } from './truth';

export interface FleetOptions {
  clock: Clock;
  /** Of everything that happens, and of the uids of what is made on the way. */
  random: Random;
  /** Machines of the same name get the same uids where this is the same. */
  identity?: string;
  /** How many legs the truth remembers after their objects are gone; all when absent. */
  keptTruths?: number;
  firstResourceVersion?: ObjectStoreOptions['firstResourceVersion'];
}

export interface FleetClusterOptions {
  name: string;
  nodes: readonly string[];
  settings?: Partial<KubeVirtSettings>;
  /** How many changes the store keeps for watches that start in the past. */
  historyLimit?: number;
}

export class Fleet {
  readonly mover: CrossClusterMover;
  readonly #clock: StoppableClock;
  readonly #random: Random;
  readonly #identity: string | undefined;
  readonly #firstResourceVersion: number | undefined;
  readonly #links: FleetLinks;
  readonly #clusters = new Map<string, KubeVirtCluster>();

  constructor(options: FleetOptions) {
    this.#clock = new StoppableClock(options.clock);
    this.#random = options.random;
    this.#identity = options.identity;
    this.#firstResourceVersion = options.firstResourceVersion;
    this.#links = new FleetLinks(
      this.#clock,
      options.random.fork(),
      options.keptTruths,
    );
    this.mover = new CrossClusterMover({
      clock: this.#clock,
      random: options.random.fork(),
      truth: this.#links.truth,
    });
  }

  /** In the order in which they were added. */
  get clusters(): KubeVirtCluster[] {
    return [...this.#clusters.values()];
  }

  get truth(): GroundTruth {
    return this.#links.truth;
  }

  /** @throws Error when there is no such cluster */
  cluster(name: string): KubeVirtCluster {
    const cluster = this.#clusters.get(name);
    if (!cluster) {
      const names = [...this.#clusters.keys()].join(', ');
      throw new Error(`No cluster ${name} in the fleet; there are ${names}`);
    }
    return cluster;
  }

  /** With a store and a synchronization address of its own. */
  addCluster(options: FleetClusterOptions): KubeVirtCluster {
    const { name, nodes, settings, historyLimit } = options;
    const store = new ObjectStore({
      clock: this.#clock,
      random: this.#random.fork(),
      resources: [...KUBEVIRT_RESOURCES, ...CORE_RESOURCES],
      historyLimit,
      firstResourceVersion: this.#firstResourceVersion,
    });
    bootstrapCluster(store);
    const number = this.#clusters.size + 1;
    const cluster = new KubeVirtCluster({
      name,
      nodes,
      store,
      clock: this.#clock,
      random: this.#random.fork(),
      settings: {
        synchronizationAddress: `10.${number}0.6.22:9185`,
        ...settings,
      },
      identity: this.#identity,
      links: this.#links,
    });
    this.#clusters.set(name, cluster);
    return cluster;
  }

  /** Nothing happens any more in any cluster. */
  stop(): void {
    for (const cluster of this.#clusters.values()) cluster.stop();
    this.#clock.stop();
  }
}
