import type { Knex } from 'knex';

type Client = Pick<Knex.QueryBuilder, 'client'>;

/** True for SQLite, which has types, functions and locks of its own. */
export function isSqlite({ client }: Client): boolean {
  return String(client.config.client).includes('sqlite3');
}

export function isPostgres({ client }: Client): boolean {
  return String(client.config.client) === 'pg';
}
