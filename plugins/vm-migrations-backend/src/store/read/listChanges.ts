import type { Knex } from 'knex';
import type {
  Change,
  ChangesPage,
} from 'backstage-plugin-vm-migrations-common';
import { readHead } from '../changeFeed';
import {
  MIGRATION_COLUMNS,
  migrationOf,
  type Sites,
  type StoredMigration,
} from '../migrationRow';
import type { ClusterRow, MergeRow, VirtualMachineRow } from '../rows';
import { readSites } from '../sites';
import type { Visible } from '../types';
import { clustersOf } from './clusters';
import { withMigrations } from './listVirtualMachines';
import { whereMigration } from './migrationConditions';
import { formatPosition, parsePosition } from './position';
import { whereVirtualMachine } from './virtualMachineConditions';

interface PositionedChange {
  position: number;
  change: Change;
}

/** Part of the feed: after the first position, up to the second. */
interface Section {
  since: number;
  until: number;
  limit: number;
}

/**
 * What changed after a position, in the order in which it did. Without a position, and for
 * one that is not of this feed, nothing but the position of now.
 *
 * @throws InputError if `since` is no position
 */
export async function listChanges(
  knex: Knex,
  options: {
    since?: string;
    limit: number;
    visible: {
      migrations: Visible;
      virtualMachines: Visible;
      clusters: boolean;
    };
  },
): Promise<ChangesPage> {
  const { since, limit, visible } = options;
  // Whatever changes from here on has a later position and comes with a later page.
  const head = await readHead(knex);
  const start = since === undefined ? undefined : parsePosition(since, head);
  if (start === undefined || start === head.position) {
    return {
      changes: [],
      position: formatPosition(head),
      more: false,
      reset: since !== undefined && start === undefined,
    };
  }
  const sites = await readSites(knex);
  const section = { since: start, until: head.position, limit: limit + 1 };
  const found = [
    ...(await changedMigrations(knex, section, visible.migrations, sites)),
    ...(await mergedMigrations(knex, section, visible.migrations, sites)),
    ...(await changedMachines(knex, section, visible.virtualMachines, sites)),
    ...(visible.clusters ? await changedClusters(knex, section) : []),
  ].sort((a, b) => a.position - b.position);
  const page = found.slice(0, limit);
  const more = found.length > limit;
  return {
    changes: page.map(({ change }) => change),
    position: formatPosition({
      id: head.id,
      position: (more ? page.at(-1)?.position : undefined) ?? head.position,
    }),
    more,
    reset: false,
  };
}

function within(
  builder: Knex.QueryBuilder,
  column: string,
  { since, until, limit }: Section,
): Knex.QueryBuilder {
  return builder
    .where(column, '>', since)
    .where(column, '<=', until)
    .orderBy(column)
    .limit(limit);
}

async function changedMigrations(
  knex: Knex,
  section: Section,
  visible: Visible,
  sites: Sites,
): Promise<PositionedChange[]> {
  if (visible === false) {
    return [];
  }
  const rows: StoredMigration[] = await within(
    whereMigration(
      knex('migrations').select(...MIGRATION_COLUMNS),
      visible,
      sites,
    ),
    'migrations.position',
    section,
  );
  return rows.map(row => ({
    position: Number(row.position),
    change: { type: 'migration', migration: migrationOf(row, sites) },
  }));
}

/** An id is told only to those who may see the record that it went into. */
async function mergedMigrations(
  knex: Knex,
  section: Section,
  visible: Visible,
  sites: Sites,
): Promise<PositionedChange[]> {
  if (visible === false) {
    return [];
  }
  const rows: MergeRow[] = await within(
    whereMigration(
      knex('migration_merges')
        .select('migration_merges.*')
        .join('migrations', 'migrations.id', 'migration_merges.into_id'),
      visible,
      sites,
    ),
    'migration_merges.position',
    section,
  );
  return rows.map(row => ({
    position: Number(row.position),
    change: { type: 'migration-merged', id: row.id, into: row.into_id },
  }));
}

/** Those whose own objects changed: that one begins or ends to move is told as a migration. */
async function changedMachines(
  knex: Knex,
  section: Section,
  visible: Visible,
  sites: Sites,
): Promise<PositionedChange[]> {
  if (visible === false) {
    return [];
  }
  const rows: VirtualMachineRow[] = await within(
    whereVirtualMachine(knex('virtual_machines').select('*'), visible, sites),
    'virtual_machines.position',
    section,
  );
  const machines = await withMigrations(knex, rows, sites);
  return machines.map(virtualMachine => ({
    position: virtualMachine.revision,
    change: { type: 'virtual-machine', virtualMachine },
  }));
}

/** Those that are seen differently: their counts follow from what else is told. */
async function changedClusters(
  knex: Knex,
  section: Section,
): Promise<PositionedChange[]> {
  const rows: ClusterRow[] = await within(
    knex('clusters').select('*'),
    'position',
    section,
  );
  return (await clustersOf(knex, rows)).map(cluster => ({
    position: cluster.revision,
    change: { type: 'cluster', cluster },
  }));
}
