import type { VirtualMachine } from 'backstage-plugin-vm-migrations-common';
import type { MigrationReader, Visible } from '../../store/types';

/**
 * Who may see a machine need not be allowed to know where it goes. The function that is
 * returned takes the move under way off those of the machines whose move is not visible.
 *
 * @param machines - at most 1000
 */
export async function hideMigrations(
  machines: VirtualMachine[],
  visible: Visible,
  reader: Pick<MigrationReader, 'listMigrations'>,
): Promise<(machine: VirtualMachine) => VirtualMachine> {
  const moves = machines.flatMap(({ migration }) => migration?.id ?? []);
  if (visible === undefined || moves.length === 0) {
    return machine => machine;
  }
  const seen = new Set(await visibleOf(moves, visible, reader));
  return machine => {
    const { migration, ...rest } = machine;
    return migration && seen.has(migration.id) ? machine : rest;
  };
}

async function visibleOf(
  ids: string[],
  visible: Exclude<Visible, undefined>,
  reader: Pick<MigrationReader, 'listMigrations'>,
): Promise<string[]> {
  if (visible === false) {
    return [];
  }
  const { items } = await reader.listMigrations({
    filter: {
      type: 'and',
      operands: [visible, { type: 'term', key: 'id', values: ids }],
    },
    order: { field: 'created', direction: 'desc' },
    limit: 1000,
  });
  return items.map(({ id }) => id);
}
