import { z } from 'zod';

/**
 * Channel of the signal that tells browsers that the change feed has grown. Signals reach
 * every signed-in user, so it carries no data: what changed is asked for by `/changes`,
 * which knows who may see what.
 *
 * @public
 */
export const DOORBELL_CHANNEL = 'vm-migrations:changes';

/**
 * Message of the doorbell: how far the change feed has come, on the same scale as the
 * `revision` of records.
 *
 * @public
 */
export const doorbellSchema = z.object({ position: z.number().int() });

/** @public */
export type DoorbellMessage = z.infer<typeof doorbellSchema>;
