import type { Knex } from 'knex';

/** Number of rows that a query without order and limit finds. */
export async function countRows(query: Knex.QueryBuilder): Promise<number> {
  const [row] = await query.clone().clearSelect().count({ count: '*' });
  return Number(row.count);
}
