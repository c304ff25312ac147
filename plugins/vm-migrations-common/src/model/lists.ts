import { z } from 'zod';
import { clusterSchema, datacenterSchema } from './Cluster';
import { directionSchema, migrationSchema } from './Migration';
import { virtualMachineSchema } from './VirtualMachine';

const pageInfoSchema = z.object({
  nextCursor: z.string().optional(),
});

/**
 * A page of migrations. `position` is the place in the change feed that the page was
 * read at: what changes later is found by asking for changes since then.
 *
 * @public
 */
export const migrationListSchema = z.object({
  items: z.array(
    migrationSchema.extend({
      direction: directionSchema
        .optional()
        .describe('as seen from the site, cluster or VM that was asked for'),
    }),
  ),
  totalItems: z.number().int(),
  pageInfo: pageInfoSchema,
  position: z.string(),
});

/** @public */
export type MigrationList = z.infer<typeof migrationListSchema>;

/** @public */
export const virtualMachineListSchema = z.object({
  items: z.array(virtualMachineSchema),
  totalItems: z.number().int(),
  pageInfo: pageInfoSchema,
  position: z.string(),
});

/** @public */
export type VirtualMachineList = z.infer<typeof virtualMachineListSchema>;

/** @public */
export const clusterListSchema = z.object({ items: z.array(clusterSchema) });

/** @public */
export type ClusterList = z.infer<typeof clusterListSchema>;

/** @public */
export const datacenterListSchema = z.object({
  items: z.array(datacenterSchema),
});

/** @public */
export type DatacenterList = z.infer<typeof datacenterListSchema>;

/** Totals over everything the caller may see. @public */
export const statusSchema = z.object({
  demo: z.boolean().describe('the clusters are simulated'),
  datacenters: z.number().int(),
  clusters: z.object({
    total: z.number().int(),
    live: z.number().int(),
    blind: z.number().int(),
  }),
  virtualMachines: z.object({
    total: z.number().int(),
    running: z.number().int(),
    stopped: z.number().int(),
  }),
  migrations: z.object({
    total: z.number().int(),
    active: z.number().int(),
    succeededLast24h: z.number().int(),
    failedLast24h: z.number().int().describe('failed and timed out'),
  }),
  position: z.string(),
});

/** @public */
export type Status = z.infer<typeof statusSchema>;
