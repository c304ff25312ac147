import { z } from 'zod';

/**
 * Channel of the signal that tells browsers that the change feed has grown. Signals reach
 * every signed-in user, so it carries no data: what changed is asked for by `/changes`,
 * which knows who may see what.
 *
 * @public
 */
export const DOORBELL_CHANNEL = 'vm-migrations:changes';

/** Message of the doorbell: the position of the change feed as of now. @public */
export const doorbellSchema = z.object({ position: z.string() });

/** @public */
export type DoorbellMessage = z.infer<typeof doorbellSchema>;
