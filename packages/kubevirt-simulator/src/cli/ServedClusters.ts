/** Clusters that are served together: each with a store and a port, one port for faults. */
import { ApiServer, bootstrapCluster, mergeKubeconfigs } from '../apiserver';
import type { Kubeconfig } from '../apiserver';
import type { Clock } from '../clock';
import { ControlServer } from '../faults';
import { SeededRandom } from '../random';
import { CORE_RESOURCES, KUBEVIRT_RESOURCES, ObjectStore } from '../store';

export interface ServedClustersOptions {
  names: string[];
  clock: Clock;
  seed: number;
  /** The port of the first cluster, the others follow; 0: any free ones. */
  port: number;
  /** Where faults are switched; 0: any free port. */
  controlPort: number;
}

export interface ServedCluster {
  name: string;
  store: ObjectStore;
  server: ApiServer;
}

export class ServedClusters {
  readonly clusters: readonly ServedCluster[];
  /** Where faults are switched on and off. */
  readonly faultsUrl: string;
  readonly #control: ControlServer;

  private constructor(clusters: ServedCluster[], control: ControlServer) {
    this.clusters = clusters;
    this.#control = control;
    this.faultsUrl = control.url;
  }

  static async start(options: ServedClustersOptions): Promise<ServedClusters> {
    const { names, clock, port, controlPort } = options;
    const random = SeededRandom.create(options.seed);
    const clusters: ServedCluster[] = [];
    for (const [index, name] of names.entries()) {
      const store = new ObjectStore({
        clock,
        random: random.fork(),
        resources: [...KUBEVIRT_RESOURCES, ...CORE_RESOURCES],
      });
      bootstrapCluster(store);
      const server = await ApiServer.start({
        name,
        store,
        clock,
        port: port === 0 ? 0 : port + index,
      });
      clusters.push({ name, store, server });
    }
    const control = await ControlServer.start({
      clusters: new Map(
        clusters.map(({ name, server }) => [name, server.faults]),
      ),
      port: controlPort,
    });
    return new ServedClusters(clusters, control);
  }

  /** One kubeconfig with a context per cluster. */
  kubeconfig(): Kubeconfig {
    const [first, ...others] = this.clusters.map(({ server }) =>
      server.kubeconfig(),
    );
    return mergeKubeconfigs([first, ...others]);
  }

  async stop(): Promise<void> {
    await Promise.all([
      this.#control.stop(),
      ...this.clusters.map(({ server }) => server.stop()),
    ]);
  }
}
