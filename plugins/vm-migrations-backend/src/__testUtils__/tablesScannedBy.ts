import type { Knex } from 'knex';
import { z } from 'zod';

/** A statement as Knex tells of it. */
export interface ExecutedQuery {
  sql: string;
  bindings: Knex.RawBinding[];
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: Plan[];
}

const planSchema: z.ZodType<Plan> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  get Plans() {
    return z.array(planSchema).optional();
  },
});

const postgresSchema = z.object({
  rows: z.tuple([
    z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: planSchema })]) }),
  ]),
});

const sqliteSchema = z.array(z.object({ detail: z.string() }));

/** The tables that a statement reads from end to end, by the database's own plan for it. */
export async function tablesScannedBy(
  knex: Knex,
  { sql, bindings }: ExecutedQuery,
): Promise<string[]> {
  if (knex.client.config.client === 'pg') {
    const explained = postgresSchema.parse(
      await knex.raw(
        `explain (format json) ${sql.replace(/\$\d+/g, '?')}`,
        bindings,
      ),
    );
    return scansOf(explained.rows[0]['QUERY PLAN'][0].Plan);
  }
  const steps = sqliteSchema.parse(
    await knex.raw(`explain query plan ${sql}`, bindings),
  );
  return steps.flatMap(({ detail }) => {
    const [, table] = /^SCAN (\w+)$/.exec(detail) ?? [];
    return table ? [table] : [];
  });
}

function scansOf(plan: Plan): string[] {
  return [
    ...(plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : []),
    ...(plan.Plans ?? []).flatMap(scansOf),
  ];
}
