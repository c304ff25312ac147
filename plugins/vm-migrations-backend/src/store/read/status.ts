import type { Knex } from 'knex';
import type { Status } from 'backstage-plugin-vm-migrations-common';
import { readHead } from '../changeFeed';
import type { DatacenterRow } from '../rows';
import { readSites } from '../sites';
import type { Visible } from '../types';
import { listClusters } from './clusters';
import { countRows } from './countRows';
import { formatPosition } from './position';
import { visibleMigrations, visibleVirtualMachines } from './visibleRows';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Totals. A virtual machine runs if its instance does, and is stopped if it has none;
 * others are starting, stopping or broken.
 */
export async function getStatus(
  knex: Knex,
  options: {
    visible: { migrations: Visible; virtualMachines: Visible };
    now: string;
  },
): Promise<Omit<Status, 'demo'>> {
  const head = await readHead(knex);
  const sites = await readSites(knex);
  const machines = visibleVirtualMachines(
    knex,
    options.visible.virtualMachines,
    sites,
  );
  const migrations = visibleMigrations(knex, options.visible.migrations, sites);
  const dayAgo = Date.parse(options.now) - DAY_MS;
  const endedSince = (outcomes: string[]) =>
    migrations
      .clone()
      .whereIn('outcome', outcomes)
      .where('ended_at', '>=', dayAgo);
  const clusters = (await listClusters(knex)).filter(
    ({ state }) => state !== 'unconfigured',
  );
  return {
    datacenters: await countRows(knex<DatacenterRow>('datacenters')),
    clusters: {
      total: clusters.length,
      live: clusters.filter(({ state }) => state === 'live').length,
      blind: clusters.filter(({ state }) => state === 'blind').length,
    },
    virtualMachines: {
      total: await countRows(machines),
      running: await countRows(machines.clone().where('phase', 'Running')),
      stopped: await countRows(machines.clone().whereNull('instance')),
    },
    migrations: {
      total: await countRows(migrations),
      active: await countRows(migrations.clone().where('outcome', 'active')),
      succeededLast24h: await countRows(endedSince(['succeeded'])),
      failedLast24h: await countRows(endedSince(['failed', 'timed-out'])),
    },
    position: formatPosition(head),
  };
}
