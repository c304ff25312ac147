import type { Knex } from 'knex';
import { z } from 'zod';

/** One multi-row upsert, as rows. */
export interface CapturedUpsert {
  table: string;
  key: string[];
  rows: Record<string, unknown>[];
}

const querySchema = z.object({
  method: z.string().optional(),
  sql: z.string(),
  /** Absent from statements without parameters. */
  bindings: z.array(z.unknown()).default([]),
});

const UPSERT =
  /^insert into [`"](\w+)[`"] \(([^)]*)\) values .* on conflict \(([^)]*)\) do update/s;
const UPSERT_OF_SELECT =
  /^insert into [`"](\w+)[`"] \(([^)]*)\) select .* on conflict \(([^)]*)\) do update/s;

/**
 * Takes down which rows the write path writes, transaction by transaction, so that the same
 * rows can be written again with nothing else around them.
 */
export class UpsertCapture {
  /** One entry per transaction. */
  readonly transactions: CapturedUpsert[][] = [];
  #current: CapturedUpsert[] = [];

  attach(knex: Knex): void {
    knex.on('query', query => {
      const { sql, bindings } = querySchema.parse(query);
      const match = UPSERT.exec(sql) ?? UPSERT_OF_SELECT.exec(sql);
      if (match) {
        const [, table, columns, key] = match;
        this.#current.push({
          table,
          key: names(key),
          rows: rowsOf(names(columns), bindings),
        });
      }
    });
  }

  /** What was written since the last call was one transaction. */
  endTransaction(): void {
    if (this.#current.length > 0) {
      this.transactions.push(this.#current);
      this.#current = [];
    }
  }

  /** Rows of all transactions. */
  get rows(): number {
    return this.transactions
      .flat()
      .reduce((sum, upsert) => sum + upsert.rows.length, 0);
  }

  /** Writes it all again, and returns how long that takes, in milliseconds. */
  async replay(knex: Knex): Promise<number> {
    const begin = performance.now();
    for (const upserts of this.transactions) {
      await knex.transaction(async trx => {
        for (const { table, key, rows } of upserts) {
          await trx(table).insert(rows).onConflict(key).merge();
        }
      });
    }
    return performance.now() - begin;
  }
}

function names(list: string): string[] {
  return list.split(',').map(name => name.trim().slice(1, -1));
}

function rowsOf(
  columns: string[],
  bindings: unknown[],
): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  for (
    let at = 0;
    at + columns.length <= bindings.length;
    at += columns.length
  ) {
    rows.push(
      Object.fromEntries(columns.map((name, i) => [name, bindings[at + i]])),
    );
  }
  return rows;
}
