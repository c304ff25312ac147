import type { Knex } from 'knex';
import type {
  VirtualMachine,
  VirtualMachineList,
} from 'backstage-plugin-vm-migrations-common';
import { readHead } from '../changeFeed';
import type { Sites } from '../migrationRow';
import type { VirtualMachineRow } from '../rows';
import { readSites } from '../sites';
import type { VirtualMachineQuery } from '../types';
import {
  virtualMachineId,
  virtualMachineOf,
  type VirtualMachineReference,
} from '../virtualMachineRow';
import { activeMigrationsOf } from './activeMigrations';
import { countRows } from './countRows';
import { decodeCursor, encodeCursor, fingerprintOf } from './cursor';
import { formatPosition } from './position';
import { whereVirtualMachine } from './virtualMachineConditions';

/**
 * A page of virtual machines, by cluster, namespace and name.
 *
 * @throws InputError if the cursor is not of this list
 */
export async function listVirtualMachines(
  knex: Knex,
  query: VirtualMachineQuery,
): Promise<VirtualMachineList> {
  const { filter, migrating, limit, cursor } = query;
  const head = await readHead(knex);
  const sites = await readSites(knex);
  const matching = whereVirtualMachine(
    knex('virtual_machines').whereRaw('deleted = 0'),
    filter,
    sites,
  );
  if (migrating) {
    matching.whereRaw(
      '(cluster, namespace, name) in (select cluster, namespace, vmi_name from legs where active = 1)',
    );
  }
  const list = `virtual-machines ${
    migrating ? 'migrating' : 'all'
  } ${fingerprintOf(filter)}`;
  const page = matching
    .clone()
    .select('*')
    .orderBy('id')
    .limit(limit + 1);
  if (cursor !== undefined) {
    page.where('id', '>', decodeCursor(list, cursor, 'string').id);
  }
  const found: VirtualMachineRow[] = await page;
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    items: await withMigrations(knex, rows, sites),
    totalItems: await countRows(matching),
    pageInfo: last
      ? { nextCursor: encodeCursor(list, { value: '', id: last.id }) }
      : {},
    position: formatPosition(head),
  };
}

/** The virtual machine, unless it is not known or gone. */
export async function getVirtualMachine(
  knex: Knex,
  reference: VirtualMachineReference,
): Promise<VirtualMachine | undefined> {
  const rows = await knex<VirtualMachineRow>('virtual_machines')
    .select('*')
    .whereRaw('deleted = 0')
    .where({ id: virtualMachineId(reference), ...reference });
  const [found] = await withMigrations(knex, rows, await readSites(knex));
  return found;
}

/** Stored virtual machines as the API shows them. */
export async function withMigrations(
  knex: Knex,
  rows: VirtualMachineRow[],
  sites: Sites,
): Promise<VirtualMachine[]> {
  const migrations = await activeMigrationsOf(knex, rows, sites);
  return rows.map(row => virtualMachineOf(row, sites, migrations.get(row.id)));
}
