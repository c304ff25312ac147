import type { Knex } from 'knex';
import type { MigrationList } from 'backstage-plugin-vm-migrations-common';
import { readHead } from '../changeFeed';
import {
  MIGRATION_COLUMNS,
  migrationOf,
  type StoredMigration,
} from '../migrationRow';
import type { MigrationRow } from '../rows';
import { readSites } from '../sites';
import type { MigrationQuery, Order } from '../types';
import { countRows } from './countRows';
import { decodeCursor, encodeCursor, fingerprintOf } from './cursor';
import { whereMigration } from './migrationConditions';
import { formatPosition } from './position';

const ORDER_COLUMNS = {
  created: 'created_at',
  started: 'started_at',
  ended: 'ended_at',
  updated: 'updated_at',
  duration: 'duration_ms',
  vm: 'vm_name',
} as const satisfies Record<Order['field'], keyof MigrationRow>;

/**
 * A page of migrations. In an order by a value that some do not have, those count as
 * greater than all others: what has not ended is the last to end.
 *
 * @throws InputError if the cursor is not of this list
 */
export async function listMigrations(
  knex: Knex,
  query: MigrationQuery,
): Promise<MigrationList> {
  const { filter, order, limit, cursor } = query;
  // Read first: what a page shows may be newer than its position, never older.
  const head = await readHead(knex);
  const sites = await readSites(knex);
  const matching = whereMigration(knex('migrations'), filter, sites);

  const column = ORDER_COLUMNS[order.field];
  const list = `migrations ${order.field} ${order.direction} ${fingerprintOf(
    filter,
  )}`;
  const page = matching
    .clone()
    .select(...MIGRATION_COLUMNS, `migrations.${column} as value`)
    .orderBy([
      { column: `migrations.${column}`, order: order.direction },
      { column: 'migrations.id', order: order.direction },
    ])
    .limit(limit + 1);
  if (cursor !== undefined) {
    const type = order.field === 'vm' ? 'string' : 'number';
    const after = decodeCursor(list, cursor, type);
    page.whereRaw(
      `(??, migrations.id) ${order.direction === 'asc' ? '>' : '<'} (?, ?)`,
      [`migrations.${column}`, after.value, after.id],
    );
  }
  const found: (StoredMigration & { value: number | string })[] = await page;
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    items: rows.map(row => migrationOf(row, sites)),
    totalItems: await countRows(matching),
    pageInfo: last
      ? {
          nextCursor: encodeCursor(list, {
            value: order.field === 'vm' ? last.value : Number(last.value),
            id: last.id,
          }),
        }
      : {},
    position: formatPosition(head),
  };
}
