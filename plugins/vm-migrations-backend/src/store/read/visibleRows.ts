import type { Knex } from 'knex';
import type { FilterContext } from 'backstage-plugin-vm-migrations-common';
import type { Visible } from '../types';
import { whereNever } from './filterConditions';
import { whereMigration } from './migrationConditions';
import { whereVirtualMachine } from './virtualMachineConditions';

/** The migrations that a caller may see. */
export function visibleMigrations(
  knex: Knex,
  visible: Visible,
  context: FilterContext,
): Knex.QueryBuilder {
  const rows = knex('migrations');
  return visible === false
    ? whereNever(rows)
    : whereMigration(rows, visible, context);
}

/** The virtual machines that a caller may see and that are not gone. */
export function visibleVirtualMachines(
  knex: Knex,
  visible: Visible,
  context: FilterContext,
): Knex.QueryBuilder {
  const rows = knex('virtual_machines').whereRaw('deleted = 0');
  return visible === false
    ? whereNever(rows)
    : whereVirtualMachine(rows, visible, context);
}
