import type { Knex } from 'knex';
import { z } from 'zod';
import { isSqlite } from './dialect';

/**
 * Values or rows in one statement. SQLite takes 32,766 parameters, PostgreSQL 65,535; more
 * rows gain nothing measurable.
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
 * The rows of a statement are one JSON parameter, which the database takes apart: Knex's own
 * multi-row insert builds, sends and prepares a text with thousands of parameters, which took
 * a quarter (SQLite) to two thirds (PostgreSQL) of the process's time for a row.
 *
 * @param changed - of a row that exists: only when this is true of the two it is replaced
 * @returns how many rows were written
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
}): Promise<number> {
  const { trx, table, key, rows, changed } = options;
  let written = 0;
  for (const chunk of chunks(rows)) {
    const columns = Object.keys(chunk[0]);
    const quoted = (names: string[]) => names.map(name => `"${name}"`).join();
    const source = isSqlite(trx)
      ? `select ${columns
          .map((_, at) => `value ->> ${at}`)
          .join()} from json_each(?) where true`
      : `select ${quoted(
          columns,
        )} from json_populate_recordset(null::"${table}", ?::json)`;
    const parameter = chunk.map((row): unknown => {
      const fields = mapValues(row, storable);
      return isSqlite(trx) ? columns.map(column => fields[column]) : fields;
    });
    const merged = columns
      .filter(column => !key.some(name => name === column))
      .map(column => `"${column}" = excluded."${column}"`)
      .join();
    written += countOf(
      await trx.raw(
        `insert into "${table}" (${quoted(columns)}) ${source}
           on conflict (${quoted(key)}) do update set ${merged}
           ${changed ? `where ${changed}` : ''}
           returning ${quoted(key)}`,
        [JSON.stringify(parameter)],
      ),
    );
  }
  return written;
}

/**
 * What no database takes as text counts as unreadable: PostgreSQL has no NUL, and half of a
 * surrogate pair is no character. A replacer of JSON.stringify would take longer than all the
 * rest of it.
 */
function storable(value: unknown): unknown {
  return typeof value === 'string' &&
    (value.includes('\0') || !value.isWellFormed())
    ? value.replaceAll('\0', '\ufffd').toWellFormed()
    : value;
}

function mapValues(
  row: object,
  map: (value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, map(value)]),
  );
}

/** Rows of a raw statement, which each driver answers in its own way. */
function countOf(answer: unknown): number {
  if (Array.isArray(answer)) {
    return answer.length;
  }
  const { rows } = z.object({ rows: z.array(z.unknown()) }).parse(answer);
  return rows.length;
}

function* chunks<Value>(values: Value[]): Generator<Value[]> {
  for (let start = 0; start < values.length; start += ROWS_PER_STATEMENT) {
    yield values.slice(start, start + ROWS_PER_STATEMENT);
  }
}
