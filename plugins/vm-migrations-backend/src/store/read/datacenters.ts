import type { Knex } from 'knex';
import {
  directionSeenFrom,
  type Datacenter,
} from 'backstage-plugin-vm-migrations-common';
import type { DatacenterDefinition } from '../ClusterStore';
import { parseJson } from '../columns';
import type { Sites } from '../migrationRow';
import type { DatacenterRow } from '../rows';
import { readSites } from '../sites';
import type { Visible } from '../types';
import { visibleMigrations, visibleVirtualMachines } from './visibleRows';

/** The configured sites in their order. Counts are of what `visible` lets through. */
export async function listDatacenters(
  knex: Knex,
  visible: { migrations: Visible; virtualMachines: Visible },
): Promise<Datacenter[]> {
  const rows = await knex<DatacenterRow>('datacenters')
    .select('*')
    .orderBy('ordinal');
  const sites = await readSites(knex);
  const machines = await countMachines(knex, visible.virtualMachines, sites);
  const moves = await readMoves(knex, visible.migrations, sites);
  return rows.map(row => {
    const datacenter = parseJson<DatacenterDefinition>(row.data);
    const clusters = sites.clustersOf(datacenter.id);
    const directions = moves.map(move => directionSeenFrom(move, clusters));
    const count = (direction: string) =>
      directions.filter(candidate => candidate === direction).length;
    return {
      ...datacenter,
      virtualMachines: datacenter.clusters.reduce(
        (sum, cluster) => sum + (machines.get(cluster) ?? 0),
        0,
      ),
      migrations: {
        incoming: count('incoming'),
        outgoing: count('outgoing'),
        internal: count('internal'),
      },
    };
  });
}

async function countMachines(
  knex: Knex,
  visible: Visible,
  sites: Sites,
): Promise<Map<string, number>> {
  const rows: { cluster: string; count: number | string }[] =
    await visibleVirtualMachines(knex, visible, sites)
      .select('cluster')
      .count({ count: '*' })
      .groupBy('cluster');
  return new Map(rows.map(({ cluster, count }) => [cluster, Number(count)]));
}

async function readMoves(knex: Knex, visible: Visible, sites: Sites) {
  const rows: { source: string; target: string }[] = await visibleMigrations(
    knex,
    visible,
    sites,
  )
    .select({ source: 'source_cluster', target: 'target_cluster' })
    .where('outcome', 'active');
  return rows.map(({ source, target }) => ({
    source: { cluster: source || undefined },
    target: { cluster: target || undefined },
  }));
}
