import { z } from 'zod';

/**
 * The fields of KubeVirt's objects that are used, and nothing else: parsing drops the rest.
 * KubeVirt's own schema promises little (phases are plain strings, almost everything is
 * optional, older and newer versions differ), so a field of the wrong type counts as absent;
 * only an object without identity is refused.
 */

const text = z.string().min(1).optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const count = z.number().int().positive().optional().catch(undefined);
const texts = z.record(z.string(), z.string()).optional().catch(undefined);
const quantity = z.union([z.string(), z.number()]).optional().catch(undefined);

const metadataSchema = z.object({
  name: z.string().min(1),
  namespace: z.string().min(1),
  uid: z.string().min(1),
  resourceVersion: z.string(),
  creationTimestamp: text,
  deletionTimestamp: text,
  labels: texts,
  annotations: texts,
  ownerReferences: z
    .array(z.object({ kind: z.string(), uid: z.string() }))
    .optional()
    .catch(undefined),
});

const conditionsSchema = z
  .array(
    z.object({
      type: z.string(),
      status: z.string(),
      reason: text,
      message: text,
    }),
  )
  .optional()
  .catch(undefined);

const endSchema = z
  .object({ node: text, pod: text, migrationUID: text, syncAddress: text })
  .optional()
  .catch(undefined);

/** `status.migrationState`, the same on migration and instance. */
export const migrationStateSchema = z
  .object({
    migrationUid: text,
    startTimestamp: text,
    endTimestamp: text,
    sourceNode: text,
    sourcePod: text,
    targetNode: text,
    targetPod: text,
    completed: flag,
    failed: flag,
    failureReason: text,
    abortRequested: flag,
    abortStatus: text,
    mode: text,
    migrationPolicyName: text,
    migrationConfiguration: z
      .record(z.string(), z.unknown())
      .optional()
      .catch(undefined),
    sourceState: endSchema,
    targetState: endSchema,
  })
  .optional()
  .catch(undefined);

export type MigrationState = NonNullable<z.infer<typeof migrationStateSchema>>;

export const migrationObjectSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    vmiName: z.string().min(1),
    sendTo: z
      .object({ migrationID: text, connectURL: text })
      .optional()
      .catch(undefined),
    receive: z.object({ migrationID: text }).optional().catch(undefined),
  }),
  status: z
    .object({
      phase: text,
      conditions: conditionsSchema,
      phaseTransitionTimestamps: z
        .array(
          z.object({ phase: z.string(), phaseTransitionTimestamp: z.string() }),
        )
        .optional()
        .catch(undefined),
      migrationState: migrationStateSchema,
    })
    .optional()
    .catch(undefined),
});

export type MigrationObject = z.infer<typeof migrationObjectSchema>;

const cpuSchema = z
  .object({ sockets: count, cores: count, threads: count })
  .optional()
  .catch(undefined);

const domainSchema = z
  .object({
    cpu: cpuSchema,
    memory: z.object({ guest: quantity }).optional().catch(undefined),
    resources: z
      .object({
        requests: z.object({ memory: quantity }).optional().catch(undefined),
      })
      .optional()
      .catch(undefined),
  })
  .optional()
  .catch(undefined);

export type Domain = NonNullable<z.infer<typeof domainSchema>>;

export const instanceObjectSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({ domain: domainSchema }).optional().catch(undefined),
  status: z
    .object({
      phase: text,
      nodeName: text,
      conditions: conditionsSchema,
      currentCPUTopology: cpuSchema,
      memory: z.object({ guestCurrent: quantity }).optional().catch(undefined),
      guestOSInfo: z
        .object({ prettyName: text, name: text })
        .optional()
        .catch(undefined),
      interfaces: z
        .array(
          z.object({
            ipAddress: text,
            ipAddresses: z.array(z.string()).optional().catch(undefined),
          }),
        )
        .optional()
        .catch(undefined),
      migrationState: migrationStateSchema,
    })
    .optional()
    .catch(undefined),
});

export type InstanceObject = z.infer<typeof instanceObjectSchema>;

export const machineObjectSchema = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      runStrategy: text,
      running: flag,
      template: z
        .object({
          spec: z.object({ domain: domainSchema }).optional().catch(undefined),
        })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  status: z
    .object({ printableStatus: text, ready: flag })
    .optional()
    .catch(undefined),
});

export type MachineObject = z.infer<typeof machineObjectSchema>;

export type Conditions = z.infer<typeof conditionsSchema>;
