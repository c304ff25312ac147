import { z } from 'zod';

/**
 * How a migration ended, in our own words, because KubeVirt's phase cannot tell
 * a cancelled migration from a failed one.
 *
 * - `active`: not ended yet
 * - `succeeded`: the VM runs on the target
 * - `failed`: KubeVirt gave up
 * - `cancelled`: somebody asked for the end by deleting the object while it ran
 * - `timed-out`: KubeVirt's own completion or progress limit ended it
 * - `unknown`: it ended while nobody looked, and nothing tells how
 *
 * @public
 */
export const outcomeSchema = z.enum([
  'active',
  'succeeded',
  'failed',
  'cancelled',
  'timed-out',
  'unknown',
]);

/** @public */
export type Outcome = z.infer<typeof outcomeSchema>;
