import type { LoggerService } from '@backstage/backend-plugin-api';
import { KubeConfig } from '@kubernetes/client-node';
import type {
  ClusterSource,
  ClusterSupplier,
  DatacenterSource,
} from 'backstage-plugin-vm-migrations-node';
import { DemoScenario, type ServedCluster } from 'kubevirt-simulator';

/** Starts the demo's clusters inside this process when they are asked for. */
export class DemoClusterSupplier implements ClusterSupplier {
  readonly #seed: number;
  readonly #logger: LoggerService;
  #scenario: Promise<DemoScenario> | undefined;

  constructor(seed: number, logger: LoggerService) {
    this.#seed = seed;
    this.#logger = logger;
  }

  async getClusters(): Promise<{
    clusters: ClusterSource[];
    datacenters: DatacenterSource[];
    demo: true;
  }> {
    this.#scenario ??= DemoScenario.start({ seed: this.#seed });
    const { served, sites } = await this.#scenario;
    for (const { name, server } of served.clusters) {
      this.#logger.info(`Simulated cluster ${name} is at ${server.url}`);
    }
    const titles = new Map(
      sites.flatMap(({ clusters }) =>
        clusters.map(({ name, title }) => [name, title]),
      ),
    );
    return {
      clusters: served.clusters.map(cluster => ({
        name: cluster.name,
        title: titles.get(cluster.name),
        connect: async () => kubeConfigOf(cluster),
      })),
      datacenters: sites.map(({ clusters, ...site }) => ({
        ...site,
        clusters: clusters.map(({ name }) => name),
      })),
      demo: true,
    };
  }

  /** Ends the simulation and frees its ports. */
  async stop(): Promise<void> {
    const scenario = await this.#scenario;
    await scenario?.stop();
  }
}

function kubeConfigOf({ server }: ServedCluster): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(JSON.stringify(server.kubeconfig()));
  return kubeConfig;
}
