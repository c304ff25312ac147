import type { KubeConfig } from '@kubernetes/client-node';
import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Coordinates } from 'backstage-plugin-vm-migrations-common';

/**
 * A cluster to watch. `connect` is called for every new set of credentials: once at the
 * start and again whenever the cluster answers 401, so that renewed tokens are picked up.
 *
 * @public
 */
export interface ClusterSource {
  /** Unique among all clusters; part of every record, so it must stay the same. */
  name: string;
  title?: string;
  /** A configuration for exactly this cluster, its current context already set. */
  connect(): Promise<KubeConfig>;
}

/**
 * A site, as `vmMigrations.datacenters[]` describes it.
 *
 * @public
 */
export interface DatacenterSource {
  id: string;
  title: string;
  location?: string;
  coordinates?: Coordinates;
  /** Names of the clusters that stand there. */
  clusters: string[];
}

/** @public */
export interface ClusterSupplier {
  /** Called once at start-up, before the first cluster is watched. */
  getClusters(): Promise<{
    clusters: ClusterSource[];
    datacenters?: DatacenterSource[];
    /** The clusters are simulated; the portal says so. */
    demo?: boolean;
  }>;
}

/** @public */
export interface VmMigrationsClustersExtensionPoint {
  addClusterSupplier(supplier: ClusterSupplier): void;
}

/**
 * Lets modules add clusters that do not come from the configuration.
 *
 * @public
 */
export const vmMigrationsClustersExtensionPoint =
  createExtensionPoint<VmMigrationsClustersExtensionPoint>({
    id: 'vm-migrations.clusters',
  });
