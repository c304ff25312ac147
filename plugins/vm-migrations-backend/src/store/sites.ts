import type { Knex } from 'knex';
import { createFilterContext } from 'backstage-plugin-vm-migrations-common';
import type { Sites } from './migrationRow';
import type { ClusterRow } from './rows';

/**
 * Which site each cluster belongs to now, or belonged to last. A record names clusters only,
 * so the whole history moves along when a cluster is given to another site.
 */
export async function readSites(knex: Knex): Promise<Sites> {
  const clusters = await knex<ClusterRow>('clusters').select(
    'name',
    'datacenter',
  );
  const siteOfCluster = new Map<string, string>();
  const clustersOfSite = new Map<string, string[]>();
  for (const { name, datacenter } of clusters) {
    if (datacenter !== null) {
      siteOfCluster.set(name, datacenter);
      clustersOfSite.set(datacenter, [
        ...(clustersOfSite.get(datacenter) ?? []),
        name,
      ]);
    }
  }
  return {
    ...createFilterContext(
      [...clustersOfSite].map(([id, names]) => ({ id, clusters: names })),
    ),
    siteOf: cluster =>
      cluster === undefined ? undefined : siteOfCluster.get(cluster),
  };
}
