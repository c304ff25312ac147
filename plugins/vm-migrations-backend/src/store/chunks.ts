import type { Knex } from 'knex';

/**
 * Rows in one statement. The widest table has 20 columns, so a statement has at most 10,000
 * parameters: SQLite takes 32,766, PostgreSQL 65,535. More rows gain nothing measurable.
 */
const ROWS_PER_STATEMENT = 500;

/** Runs a query for the values in statements of bounded size and joins their rows. */
export async function selectIn<Value, Row>(
  values: Iterable<Value>,
  select: (chunk: Value[]) => PromiseLike<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const chunk of chunks([...new Set(values)])) {
    rows.push(...(await select(chunk)));
  }
  return rows;
}

/**
 * Inserts rows, or replaces those of the same key, in statements of bounded size.
 *
 * @param changed - of a row that exists: only when this is true of the two it is replaced
 * @returns the rows that were written, by the `returning` columns
 */
export async function upsert<
  Row extends {},
  Column extends keyof Row & string,
>(options: {
  trx: Knex.Transaction;
  table: string;
  key: Column[];
  rows: Row[];
  changed?: string;
}): Promise<Pick<Row, Column>[]> {
  const { trx, table, key, rows, changed } = options;
  const written: Pick<Row, Column>[] = [];
  for (const chunk of chunks(rows)) {
    const query = trx(table).insert(chunk).onConflict(key).merge();
    written.push(
      ...(await (changed ? query.whereRaw(changed) : query).returning(key)),
    );
  }
  return written;
}

function* chunks<Value>(values: Value[]): Generator<Value[]> {
  for (let start = 0; start < values.length; start += ROWS_PER_STATEMENT) {
    yield values.slice(start, start + ROWS_PER_STATEMENT);
  }
}
