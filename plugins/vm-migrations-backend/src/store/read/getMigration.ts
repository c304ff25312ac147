import type { Knex } from 'knex';
import type { Migration } from 'backstage-plugin-vm-migrations-common';
import {
  MIGRATION_COLUMNS,
  migrationOf,
  type StoredMigration,
} from '../migrationRow';
import type { LegRow } from '../rows';
import { readSites } from '../sites';

/** The record of this id, else the one with a leg of this uid. */
export async function getMigration(
  knex: Knex,
  id: string,
): Promise<Migration | undefined> {
  const row =
    (await selectMigrations(knex).where('migrations.id', id).first()) ??
    (await selectMigrations(knex)
      .whereIn(
        'migrations.id',
        knex<LegRow>('legs').select('migration_id').where('uid', id),
      )
      .orderBy('migrations.id')
      .first());
  return row && migrationOf(row, await readSites(knex));
}

/** Records with a leg whose object has that name, newest first. */
export async function findMigrations(
  knex: Knex,
  reference: { cluster?: string; namespace?: string; name: string },
): Promise<Migration[]> {
  const { cluster, namespace, name } = reference;
  const legs = knex<LegRow>('legs')
    .select('migration_id')
    .whereNotNull('migration_id')
    .where({
      name,
      ...(namespace !== undefined && { namespace }),
      ...(cluster !== undefined && { cluster }),
    });
  const rows = await selectMigrations(knex)
    .whereIn('migrations.id', legs)
    .orderBy('migrations.created_at', 'desc')
    .orderBy('migrations.id', 'desc');
  const sites = await readSites(knex);
  return rows.map(row => migrationOf(row, sites));
}

function selectMigrations(
  knex: Knex,
): Knex.QueryBuilder<{}, StoredMigration[]> {
  return knex('migrations').select(...MIGRATION_COLUMNS);
}
