import { z } from 'zod';
import {
  conditionSchema,
  metadataSchema,
  phaseTransitionTimestampSchema,
} from './metadata';
import { migrationStateSchema } from './MigrationState';

export const virtualMachineInstanceMigrationSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.literal('VirtualMachineInstanceMigration'),
  metadata: metadataSchema,
  spec: z.looseObject({
    vmiName: z.string(),
    priority: z.string().optional(),
    addedNodeSelector: z.record(z.string(), z.string()).optional(),
    sendTo: z
      .looseObject({ migrationID: z.string(), connectURL: z.string() })
      .optional(),
    receive: z.looseObject({ migrationID: z.string() }).optional(),
  }),
  status: z
    .looseObject({
      phase: z.string().optional(),
      conditions: z.array(conditionSchema).optional(),
      phaseTransitionTimestamps: z
        .array(phaseTransitionTimestampSchema)
        .optional(),
      migrationState: migrationStateSchema.optional(),
      synchronizationAddresses: z.array(z.string()).optional(),
    })
    .optional(),
});

export type VirtualMachineInstanceMigration = z.infer<
  typeof virtualMachineInstanceMigrationSchema
>;

/**
 * What the object is for the move. Both `sendTo` and `receive` set count as neither:
 * KubeVirt treats that as a local migration.
 */
export type MigrationRole = 'local' | 'source' | 'target';

export function roleOf(
  migration: VirtualMachineInstanceMigration,
): MigrationRole {
  const { sendTo, receive } = migration.spec;
  if (sendTo && !receive) return 'source';
  if (receive && !sendTo) return 'target';
  return 'local';
}

/** The identifier that the two halves share; undefined for a local migration. */
export function migrationIdOf(
  migration: VirtualMachineInstanceMigration,
): string | undefined {
  return roleOf(migration) === 'local'
    ? undefined
    : (migration.spec.sendTo ?? migration.spec.receive)?.migrationID;
}

export function phaseOf(migration: VirtualMachineInstanceMigration): string {
  return migration.status?.phase ?? '';
}

export function isFinal(migration: VirtualMachineInstanceMigration): boolean {
  const phase = phaseOf(migration);
  return phase === 'Succeeded' || phase === 'Failed';
}
