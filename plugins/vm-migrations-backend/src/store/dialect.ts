import type { Knex } from 'knex';

/** True for SQLite, false for PostgreSQL; there is no third. */
export function isSqlite({ client }: Pick<Knex.QueryBuilder, 'client'>) {
  return String(client.config.client).includes('sqlite3');
}
