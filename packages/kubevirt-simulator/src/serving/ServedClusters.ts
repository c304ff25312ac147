/** Clusters that are served together: each on a port, and one port for their faults. */
import { ApiServer, mergeKubeconfigs, type Kubeconfig } from '../apiserver';
import type { Clock } from '../clock';
import { ControlServer } from '../faults';
import type { ObjectStore } from '../store';

export interface ServedClustersOptions {
  /** By name of the cluster. */
  stores: ReadonlyMap<string, ObjectStore>;
  /** Decides when watches end and bookmarks are due. */
  clock: Clock;
  /** The port of the first cluster, the others follow; free ones when absent or 0. */
  port?: number;
  /** Where faults are switched, 0: any free port; nowhere when absent. */
  controlPort?: number;
}

export interface ServedCluster {
  name: string;
  store: ObjectStore;
  server: ApiServer;
}

export class ServedClusters {
  readonly clusters: readonly ServedCluster[];
  readonly #control: ControlServer | undefined;

  private constructor(
    clusters: ServedCluster[],
    control: ControlServer | undefined,
  ) {
    this.clusters = clusters;
    this.#control = control;
  }

  static async start(options: ServedClustersOptions): Promise<ServedClusters> {
    const { stores, clock, port = 0, controlPort } = options;
    const clusters: ServedCluster[] = [];
    for (const [name, store] of stores) {
      const server = await ApiServer.start({
        name,
        store,
        clock,
        port: port === 0 ? 0 : port + clusters.length,
      });
      clusters.push({ name, store, server });
    }
    const control =
      controlPort === undefined
        ? undefined
        : await ControlServer.start({
            clusters: new Map(
              clusters.map(({ name, server }) => [name, server.faults]),
            ),
            port: controlPort,
          });
    return new ServedClusters(clusters, control);
  }

  /** Where faults are switched on and off. */
  get faultsUrl(): string | undefined {
    return this.#control?.url;
  }

  /** @throws Error when there is no such cluster */
  server(name: string): ApiServer {
    const cluster = this.clusters.find(each => each.name === name);
    if (!cluster) throw new Error(`Cluster ${name} is not served`);
    return cluster.server;
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
      this.#control?.stop(),
      ...this.clusters.map(({ server }) => server.stop()),
    ]);
  }
}
