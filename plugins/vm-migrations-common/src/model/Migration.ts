import { z } from 'zod';
import { outcomeSchema } from './Outcome';
import { isoTimeSchema } from './isoTime';

/**
 * `in-cluster`: between nodes of one cluster. `cross-cluster`: to another cluster,
 * also while the other half has not been seen. `cross-namespace`: both halves are in
 * one cluster.
 *
 * @public
 */
export const migrationKindSchema = z.enum([
  'in-cluster',
  'cross-cluster',
  'cross-namespace',
]);

/** @public */
export type MigrationKind = z.infer<typeof migrationKindSchema>;

/**
 * What one VirtualMachineInstanceMigration object is for the move: the whole of it
 * (`local`), the sending half (`source`, has `spec.sendTo`) or the receiving half
 * (`target`, has `spec.receive`).
 *
 * @public
 */
export const legRoleSchema = z.enum(['local', 'source', 'target']);

/** @public */
export type LegRole = z.infer<typeof legRoleSchema>;

/**
 * One end of a move. What is not known is absent, never guessed: before KubeVirt has
 * chosen a node there is none, and the cluster of a half that nobody watches stays
 * unknown. Node names are unique within their cluster only.
 *
 * @public
 */
export const placeSchema = z.object({
  cluster: z.string().optional(),
  datacenter: z.string().optional(),
  namespace: z.string().optional(),
  node: z.string().optional(),
  pod: z.string().optional(),
});

/** @public */
export type Place = z.infer<typeof placeSchema>;

/**
 * The first entry into a phase. `reported` times are KubeVirt's (controller clock,
 * whole seconds), `observed` ones are when this portal saw the phase. Equal seconds
 * keep the order of the array.
 *
 * @public
 */
export const phaseTransitionSchema = z.object({
  leg: z.string().describe('uid of the leg that entered the phase'),
  phase: z.string(),
  at: isoTimeSchema,
  timeSource: z.enum(['reported', 'observed']),
});

/** @public */
export type PhaseTransition = z.infer<typeof phaseTransitionSchema>;

/** A condition of the object, as KubeVirt last reported it. @public */
export const legConditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
});

/** @public */
export type LegCondition = z.infer<typeof legConditionSchema>;

/** What one VirtualMachineInstanceMigration object told. @public */
export const legSchema = z.object({
  cluster: z.string(),
  uid: z.string(),
  name: z.string(),
  namespace: z.string(),
  vmiName: z.string(),
  role: legRoleSchema,
  phase: z.string(),
  outcome: outcomeSchema,
  createdAt: isoTimeSchema,
  endedAt: isoTimeSchema.optional(),
  deleted: z
    .boolean()
    .describe('the object is gone from its cluster; the record stays'),
  failureMessage: z.string().optional(),
  conditions: z.array(legConditionSchema),
});

/** @public */
export type MigrationLeg = z.infer<typeof legSchema>;

/** Why a move did not succeed, as far as KubeVirt said it. @public */
export const failureSchema = z.object({
  leg: z.string().describe('uid of the leg that failed first'),
  message: z
    .string()
    .optional()
    .describe('KubeVirt’s own text; absent when it gave none'),
});

/** @public */
export type MigrationFailure = z.infer<typeof failureSchema>;

/**
 * One move of one VM as a person counts it, kept for good. It has one leg, or two
 * when the VM went to another cluster or namespace and both halves were seen.
 *
 * @public
 */
export const migrationSchema = z.object({
  id: z
    .string()
    .describe('uid of the leg seen first; given once, never reused'),
  vm: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string().optional(),
  }),
  kind: migrationKindSchema,
  phase: z.string().describe('KubeVirt’s own word; of a pair the target’s'),
  outcome: outcomeSchema,
  source: placeSchema,
  target: placeSchema,
  mode: z
    .string()
    .optional()
    .describe('PreCopy, PostCopy or Paused, as KubeVirt names it'),
  policy: z
    .object({
      name: z.string().optional(),
      configuration: z.record(z.string(), z.unknown()).optional(),
    })
    .optional()
    .describe('migration policy and the effective settings at hand-off'),
  createdAt: isoTimeSchema,
  startedAt: isoTimeSchema.optional().describe('when copying began'),
  endedAt: isoTimeSchema.optional(),
  endedBetween: z
    .object({ after: isoTimeSchema.optional(), before: isoTimeSchema })
    .optional()
    .describe('of a move that ended unseen: when it must have ended'),
  durationMs: z
    .number()
    .nonnegative()
    .optional()
    .describe(
      'from creation to end, in milliseconds; absent until both are known',
    ),
  transitions: z.array(phaseTransitionSchema),
  labels: z.record(z.string(), z.string()),
  failure: failureSchema.optional(),
  disagreement: z
    .object({ source: outcomeSchema, target: outcomeSchema })
    .optional()
    .describe('set when the two halves ended differently; the target counts'),
  migrationID: z
    .string()
    .optional()
    .describe('spec.sendTo.migrationID or spec.receive.migrationID'),
  sendToUrl: z.string().optional().describe('spec.sendTo.connectURL'),
  receiveFromId: z.string().optional().describe('spec.receive.migrationID'),
  legs: z.array(legSchema),
  observedAt: isoTimeSchema.describe('when this portal first saw the move'),
  updatedAt: isoTimeSchema.describe('when the record last changed'),
  revision: z
    .number()
    .int()
    .describe('position in the change feed of the last change'),
});

/** @public */
export type Migration = z.infer<typeof migrationSchema>;

/**
 * A move as seen from a site, cluster or VM: it came in, went out, or stayed inside.
 *
 * @public
 */
export const directionSchema = z.enum(['incoming', 'outgoing', 'internal']);

/** @public */
export type Direction = z.infer<typeof directionSchema>;
