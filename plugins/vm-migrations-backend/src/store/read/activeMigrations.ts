import type { Knex } from 'knex';
import type { VirtualMachine } from 'backstage-plugin-vm-migrations-common';
import { selectIn } from '../chunks';
import {
  MIGRATION_COLUMNS,
  migrationOf,
  type Sites,
  type StoredMigration,
} from '../migrationRow';
import { virtualMachineId } from '../virtualMachineRow';

type ActiveMigration = NonNullable<VirtualMachine['migration']>;

/**
 * The move that each of these virtual machines is part of, by the machine's id. While a VM
 * goes to another cluster or namespace, the machines of both ends have it.
 */
export async function activeMigrationsOf(
  knex: Knex,
  machines: { id: string; name: string }[],
  sites: Sites,
): Promise<Map<string, ActiveMigration>> {
  const rows = await selectIn<
    string,
    StoredMigration & { cluster: string; namespace: string; vmi_name: string }
  >(
    machines.map(({ name }) => name),
    chunk =>
      knex('legs')
        .join('migrations', 'migrations.id', 'legs.migration_id')
        .select(
          ...MIGRATION_COLUMNS,
          'legs.cluster',
          'legs.namespace',
          'legs.vmi_name',
        )
        .whereRaw('legs.active = 1')
        .whereIn('legs.vmi_name', chunk)
        .orderBy('migrations.created_at', 'desc'),
  );
  const wanted = new Set(machines.map(({ id }) => id));
  const found = new Map<string, ActiveMigration>();
  for (const row of rows) {
    const { cluster, namespace, vmi_name: name } = row;
    const id = virtualMachineId({ cluster, namespace, name });
    if (wanted.has(id)) {
      // Of several the oldest, which is the one that moves; the others wait for it.
      found.set(id, summaryOf(row, sites));
    }
  }
  return found;
}

function summaryOf(row: StoredMigration, sites: Sites): ActiveMigration {
  const migration = migrationOf(row, sites);
  return {
    id: migration.id,
    kind: migration.kind,
    phase: migration.phase,
    outcome: migration.outcome,
    source: migration.source,
    target: migration.target,
    createdAt: migration.createdAt,
  };
}
