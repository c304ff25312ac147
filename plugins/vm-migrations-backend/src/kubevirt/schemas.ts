import { z } from 'zod';

/**
 * The fields of KubeVirt's objects that are used, and nothing else: parsing drops the rest.
 * KubeVirt's own schema promises little (phases are plain strings, almost everything is
 * optional, older and newer versions differ), so a field of the wrong type counts as absent,
 * and so does an entry of a list or map, without harm to the other entries; only an object
 * without identity is refused.
 */

const text = z.string().min(1).optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const count = z.number().int().positive().optional().catch(undefined);
const quantity = z.union([z.string(), z.number()]).optional().catch(undefined);

const texts = z
  .record(z.string(), z.unknown())
  .transform(entries =>
    Object.fromEntries(
      Object.entries(entries).flatMap(([key, value]) =>
        typeof value === 'string' ? [[key, value]] : [],
      ),
    ),
  )
  .optional()
  .catch(undefined);

/** The entries of a list that are what they should be. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(z.unknown())
    .transform(entries =>
      entries.flatMap((entry): z.infer<Item>[] => {
        const result = item.safeParse(entry);
        return result.success ? [result.data] : [];
      }),
    )
    .optional()
    .catch(undefined);
}

const metadataSchema = z.object({
  name: z.string().min(1),
  namespace: z.string().min(1),
  uid: z.string().min(1),
  resourceVersion: z.string(),
  creationTimestamp: text,
  deletionTimestamp: text,
  labels: texts,
  annotations: texts,
  ownerReferences: listOf(z.object({ kind: z.string(), uid: z.string() })),
});

const conditionsSchema = listOf(
  z.object({
    type: z.string(),
    status: z.string(),
    reason: text,
    message: text,
  }),
);

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
      phaseTransitionTimestamps: listOf(
        z.object({
          phase: z.string().min(1),
          phaseTransitionTimestamp: z.string(),
        }),
      ),
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
      interfaces: listOf(
        z.object({ ipAddress: text, ipAddresses: listOf(z.string().min(1)) }),
      ),
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
