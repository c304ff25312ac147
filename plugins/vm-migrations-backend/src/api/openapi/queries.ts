import {
  MIGRATION_ORDER_FIELDS,
  type MigrationOrder,
} from 'backstage-plugin-vm-migrations-common';
import { z } from 'zod';

/*
 * The query parameters of each route. The OpenAPI document is made from these schemas, and
 * handlers read validated queries by them, so that a parameter is described once. Each
 * description says what the parameter may be: refusals repeat it.
 */

const pageParameters = {
  limit: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .describe('how many at most, 1 to 1000'),
  cursor: z
    .string()
    .optional()
    .describe(
      'pageInfo.nextCursor of the page before, with the same filter and order',
    ),
};

const filterParameter = z.string().max(16_000).optional();

const MOMENT =
  'a day such as 2026-03-04, a time such as 2026-03-04T10:15:00Z, or a time ago such as -24h';

const NEWEST_FIRST: MigrationOrder = { field: 'created', direction: 'desc' };

/** A field alone is ascending, as in the catalog. */
const orders = new Map<string, MigrationOrder>(
  MIGRATION_ORDER_FIELDS.flatMap(field => [
    [field, { field, direction: 'asc' }],
    [`${field},asc`, { field, direction: 'asc' }],
    [`${field},desc`, { field, direction: 'desc' }],
  ]),
);

export const migrationListQuerySchema = z.object({
  filter: filterParameter.describe(
    'a text of the filter language, for example outcome:failed cluster:kista-1',
  ),
  from: z.string().optional().describe(`created then or later: ${MOMENT}`),
  to: z
    .string()
    .optional()
    .describe(`created before then, a day counts to its end: ${MOMENT}`),
  order: z
    .enum([...orders.keys()])
    .default('created,desc')
    .transform(order => orders.get(order) ?? NEWEST_FIRST)
    .describe(
      `one of ${MIGRATION_ORDER_FIELDS.join(
        ', ',
      )}, followed by ,asc or ,desc; what has no such value counts as greatest`,
    ),
  ...pageParameters,
});

export const virtualMachineListQuerySchema = z.object({
  filter: filterParameter.describe(
    'a text of the filter language, for example status:Running node:worker-*',
  ),
  migrating: z
    .boolean()
    .default(false)
    .describe('true for machines with a move under way only, else false'),
  ...pageParameters,
});

const sinceParameter = z
  .string()
  .optional()
  .describe(
    'a position that a list, a page of changes or an event gave; absent for the position of now',
  );

export const changesQuerySchema = z.object({
  since: sinceParameter,
  wait: z
    .number()
    .min(0)
    .max(30)
    .default(0)
    .describe('seconds to wait for a change when there is none, 0 to 30'),
  limit: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(500)
    .describe('how many changes at most, 1 to 1000'),
});

export const eventsQuerySchema = z.object({ since: sinceParameter });
