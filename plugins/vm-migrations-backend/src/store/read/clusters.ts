import type { Knex } from 'knex';
import type {
  Cluster,
  ResourceHealth,
} from 'backstage-plugin-vm-migrations-common';
import { clusterState } from '../clusterState';
import { isoTimeOf, parseJson } from '../columns';
import type { ClusterRow, WatchPositionRow } from '../rows';

/** All clusters that are configured or have a history, by name. */
export async function listClusters(knex: Knex): Promise<Cluster[]> {
  const rows = await knex<ClusterRow>('clusters').select('*').orderBy('name');
  return clustersOf(knex, rows);
}

/** Stored clusters as the API shows them. */
export async function clustersOf(
  knex: Knex,
  rows: ClusterRow[],
): Promise<Cluster[]> {
  if (rows.length === 0) {
    return [];
  }
  const machines = await countMachines(knex);
  const moves = await readActiveEnds(knex);
  const positions = await readRecordedPositions(knex);
  return rows.map(row => {
    const resources = parseJson<ResourceHealth[]>(row.health).map(health => ({
      ...health,
      resourceVersion: positions.get(`${row.name}/${health.resource}`),
    }));
    return {
      name: row.name,
      title: row.title ?? undefined,
      datacenter: row.datacenter ?? undefined,
      ...clusterState(row.configured === 1, resources),
      lastEventAt: resources
        .map(({ lastEventAt }) => lastEventAt)
        .filter(at => at !== undefined)
        .sort()
        .at(-1),
      blindSince:
        row.blind_since === null ? undefined : isoTimeOf(row.blind_since),
      resources,
      virtualMachines: machines.get(row.name) ?? 0,
      activeMigrations: moves.filter(
        ({ source, target }) => source === row.name || target === row.name,
      ).length,
      revision: Number(row.position),
    };
  });
}

async function countMachines(knex: Knex): Promise<Map<string, number>> {
  const rows: { cluster: string; count: number | string }[] = await knex(
    'virtual_machines',
  )
    .select('cluster')
    .count({ count: '*' })
    .whereRaw('deleted = 0')
    .groupBy('cluster');
  return new Map(rows.map(({ cluster, count }) => [cluster, Number(count)]));
}

/** What is committed; the watches themselves may be ahead of it. */
async function readRecordedPositions(knex: Knex): Promise<Map<string, string>> {
  const rows = await knex<WatchPositionRow>('watch_positions').select(
    'cluster',
    'resource',
    'resource_version',
  );
  return new Map(
    rows.map(({ cluster, resource, resource_version: version }) => [
      `${cluster}/${resource}`,
      version,
    ]),
  );
}

async function readActiveEnds(
  knex: Knex,
): Promise<{ source: string; target: string }[]> {
  return knex('migrations')
    .select({ source: 'source_cluster', target: 'target_cluster' })
    .where('outcome', 'active');
}
