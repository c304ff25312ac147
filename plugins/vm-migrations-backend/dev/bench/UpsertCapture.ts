import type { Knex } from 'knex';
import { z } from 'zod';

/** One multi-row upsert, as rows. */
export interface CapturedUpsert {
  table: string;
  key: string[];
  columns: string[];
  /** The rows, as objects or as lists of values. */
  json: string;
}

const querySchema = z.object({
  method: z.string().optional(),
  sql: z.string(),
  /** Absent from statements without parameters. */
  bindings: z.array(z.unknown()).default([]),
});

/** As `upsert` of the store writes it: all rows are one JSON parameter. */
const UPSERT =
  /^insert into "(\w+)" \(([^)]*)\) select .* on conflict \(([^)]*)\) do update/s;

const rowsSchema = z.array(
  z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]),
);

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
      const match = UPSERT.exec(sql);
      if (match) {
        const [, table, columns, key] = match;
        this.#current.push({
          table,
          key: names(key),
          columns: names(columns),
          json: z.string().parse(bindings[0]),
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

  /** Writes it all again through Knex, and measures only that. */
  async replay(knex: Knex): Promise<{ rows: number; milliseconds: number }> {
    let rows = 0;
    let milliseconds = 0;
    for (const upserts of this.transactions) {
      const parsed = upserts.map(upsert => ({
        ...upsert,
        rows: rowsOf(upsert),
      }));
      const begin = performance.now();
      await knex.transaction(async trx => {
        for (const upsert of parsed) {
          await trx(upsert.table)
            .insert(upsert.rows)
            .onConflict(upsert.key)
            .merge();
        }
      });
      milliseconds += performance.now() - begin;
      rows += parsed.reduce((sum, upsert) => sum + upsert.rows.length, 0);
    }
    return { rows, milliseconds };
  }
}

function names(list: string): string[] {
  return list.split(',').map(name => name.trim().slice(1, -1));
}

function rowsOf({ columns, json }: CapturedUpsert): Record<string, unknown>[] {
  return rowsSchema
    .parse(JSON.parse(json))
    .map(row =>
      Array.isArray(row)
        ? Object.fromEntries(columns.map((name, at) => [name, row[at]]))
        : row,
    );
}
