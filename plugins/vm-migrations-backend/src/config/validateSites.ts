import { InputError } from '@backstage/errors';
import type { DatacenterSource } from 'backstage-plugin-vm-migrations-node';

/**
 * Checks that clusters and sites fit together, once cluster suppliers have added theirs:
 * names are unique, and a site has only clusters that exist and stand in no other site.
 *
 * @param clusters all clusters, however they came to be known
 * @param datacenters all sites; those of the configuration first and in its order, which
 * is what the keys in the messages count
 * @throws InputError naming the key
 */
export function validateSites(
  clusters: readonly { name: string }[],
  datacenters: readonly DatacenterSource[],
): void {
  const names = new Set<string>();
  for (const { name } of clusters) {
    if (names.has(name)) {
      throw new InputError(
        `Two clusters have the name '${name}': the names in vmMigrations.clusters, in kubernetes.clusterLocatorMethods and of modules that add clusters must differ`,
      );
    }
    names.add(name);
  }

  const ids = new Map<string, string>();
  const sites = new Map<string, string>();
  for (const [index, datacenter] of datacenters.entries()) {
    const key = `vmMigrations.datacenters[${index}]`;
    const other = ids.get(datacenter.id);
    if (other !== undefined) {
      throw new InputError(
        `Invalid configuration: ${key}.id '${datacenter.id}' is already taken by ${other}`,
      );
    }
    ids.set(datacenter.id, `${key}.id`);

    for (const [position, cluster] of datacenter.clusters.entries()) {
      const clusterKey = `${key}.clusters[${position}]`;
      if (!names.has(cluster)) {
        const known = [...names].map(name => `'${name}'`).join(', ');
        throw new InputError(
          `Invalid configuration: ${clusterKey} names the cluster '${cluster}' (datacenter '${
            datacenter.id
          }'), which is not among the watched ones: ${known || 'none'}`,
        );
      }
      const site = sites.get(cluster);
      if (site !== undefined) {
        throw new InputError(
          `Invalid configuration: ${clusterKey} places the cluster '${cluster}' in datacenter '${datacenter.id}', but ${site} has it already`,
        );
      }
      sites.set(cluster, clusterKey);
    }
  }
}
