import { z } from 'zod';
import { clusterSchema } from './Cluster';
import { migrationSchema } from './Migration';
import { virtualMachineSchema } from './VirtualMachine';

/**
 * One thing that changed, in its state as of now: the feed tells what is different,
 * not every step between.
 *
 * @public
 */
export const changeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('migration'),
    migration: migrationSchema,
  }),
  z.object({
    type: z.literal('migration-merged'),
    id: z.string().describe('id that is no longer a record of its own'),
    into: z.string().describe('id of the record that now holds it'),
  }),
  z.object({
    type: z.literal('virtual-machine'),
    virtualMachine: virtualMachineSchema,
  }),
  z.object({ type: z.literal('cluster'), cluster: clusterSchema }),
]);

/** @public */
export type Change = z.infer<typeof changeSchema>;

/**
 * A page of the change feed. `position` is opaque, holds everything up to itself, and
 * survives restarts; ask again with it. `reset` says that the position asked for is not
 * of this feed (for example because the database was replaced): load a fresh snapshot.
 *
 * @public
 */
export const changesPageSchema = z.object({
  changes: z.array(changeSchema),
  position: z.string(),
  more: z.boolean().describe('further changes are waiting already'),
  reset: z.boolean(),
});

/** @public */
export type ChangesPage = z.infer<typeof changesPageSchema>;
