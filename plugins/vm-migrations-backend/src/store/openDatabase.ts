import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { isSqlite } from './dialect';

const migrationsDir = resolvePackagePath(
  'backstage-plugin-vm-migrations-backend',
  'migrations',
);

/**
 * The plugin's database with its tables in place, unless the configuration leaves the
 * tables to somebody else (`database.migrations.skip`).
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (isSqlite(knex)) {
    await keepDurableCheaply(knex);
  }
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDir });
  }
  return knex;
}

/**
 * A commit in WAL mode does not wait for the disk. One that is lost with the power is seen
 * again from the position that was stored with it. Without effect on databases in memory.
 */
async function keepDurableCheaply(knex: Knex): Promise<void> {
  await knex.raw('pragma journal_mode = wal');
  await knex.raw('pragma synchronous = normal');
}
