import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type {
  ClusterSource,
  ClusterSupplier,
  DatacenterSource,
} from 'backstage-plugin-vm-migrations-node';
import { createClusterSource, runsInPod } from './clusters';
import { readSettings, validateSites } from './config';

/** All clusters and sites, from the configuration and from modules. */
export interface FoundClusters {
  clusters: ClusterSource[];
  datacenters: DatacenterSource[];
  /** At least one supplier says that its clusters are simulated. */
  demo: boolean;
}

/**
 * Puts together what the configuration and the suppliers know.
 *
 * @throws InputError naming the configuration key that is wrong
 */
export async function findClusters(options: {
  config: Config;
  suppliers: readonly ClusterSupplier[];
  logger: LoggerService;
}): Promise<FoundClusters> {
  const { config, suppliers, logger } = options;
  const settings = readSettings(config, {
    logger,
    insidePod: runsInPod(),
  });
  const clusters = await Promise.all(
    settings.clusters.map(createClusterSource),
  );
  const datacenters = [...settings.datacenters];
  let demo = false;
  for (const supplier of suppliers) {
    const supplied = await supplier.getClusters();
    clusters.push(...supplied.clusters);
    datacenters.push(...(supplied.datacenters ?? []));
    demo ||= supplied.demo ?? false;
  }
  validateSites(clusters, datacenters);
  return { clusters, datacenters, demo };
}
