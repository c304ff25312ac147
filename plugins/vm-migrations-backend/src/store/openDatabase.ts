import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { NotImplementedError } from '@backstage/errors';
import type { Knex } from 'knex';
import { isPostgres, isSqlite } from './dialect';

const migrationsDir = resolvePackagePath(
  'backstage-plugin-vm-migrations-backend',
  'migrations',
);

/**
 * The plugin's database with its tables in place, unless the configuration leaves the
 * tables to somebody else (`database.migrations.skip`).
 *
 * @throws NotImplementedError if the database is neither SQLite nor PostgreSQL
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (isSqlite(knex)) {
    await keepDurableCheaply(knex);
  } else if (!isPostgres(knex)) {
    throw new NotImplementedError(
      `vm-migrations stores its record in PostgreSQL or SQLite; backend.database.client is neither of 'pg' and 'better-sqlite3'`,
    );
  }
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDir });
  }
  return knex;
}

/**
 * Pages in the log before it is copied into the database, which waits for the disk: 32 MB.
 * SQLite's own 4 MB are what a full batch or two write, so every other commit would wait.
 */
const PAGES_PER_CHECKPOINT = 8_000;

/**
 * SQLite's own 2 MiB hold neither the indexes of a record of some size nor the pages of a
 * batch; with eight times as much, ingest was measured 40 % faster, with more hardly more.
 */
const CACHE_KIB = 16 * 1_024;

/**
 * A commit in WAL mode does not wait for the disk. One that is lost with the power is seen
 * again from the position that was stored with it. Without effect on databases in memory.
 */
async function keepDurableCheaply(knex: Knex): Promise<void> {
  await knex.raw('pragma journal_mode = wal');
  await knex.raw('pragma synchronous = normal');
  await knex.raw(`pragma cache_size = -${CACHE_KIB}`);
  await knex.raw(`pragma wal_autocheckpoint = ${PAGES_PER_CHECKPOINT}`);
}
