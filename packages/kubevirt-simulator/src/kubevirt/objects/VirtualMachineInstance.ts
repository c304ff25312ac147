import { z } from 'zod';
import {
  conditionSchema,
  metadataSchema,
  phaseTransitionTimestampSchema,
} from './metadata';
import { migrationStateSchema } from './MigrationState';

export const cpuSchema = z.looseObject({
  sockets: z.number().optional(),
  cores: z.number().optional(),
  threads: z.number().optional(),
});

export const virtualMachineInstanceSpecSchema = z.looseObject({
  domain: z.looseObject({
    cpu: cpuSchema.optional(),
    memory: z.looseObject({ guest: z.string().optional() }).optional(),
    firmware: z.looseObject({ uuid: z.string().optional() }).optional(),
  }),
});

export type VirtualMachineInstanceSpec = z.infer<
  typeof virtualMachineInstanceSpecSchema
>;

export const virtualMachineInstanceSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.literal('VirtualMachineInstance'),
  metadata: metadataSchema,
  spec: virtualMachineInstanceSpecSchema,
  status: z
    .looseObject({
      phase: z.string().optional(),
      nodeName: z.string().optional(),
      conditions: z.array(conditionSchema).optional(),
      phaseTransitionTimestamps: z
        .array(phaseTransitionTimestampSchema)
        .optional(),
      activePods: z.record(z.string(), z.string()).optional(),
      interfaces: z
        .array(
          z.looseObject({
            name: z.string().optional(),
            ipAddress: z.string().optional(),
            podInterfaceName: z.string().optional(),
          }),
        )
        .optional(),
      migrationState: migrationStateSchema.optional(),
      migrationMethod: z.string().optional(),
      migrationTransport: z.string().optional(),
      evacuationNodeName: z.string().optional(),
      selinuxContext: z.string().optional(),
      runtimeUser: z.number().optional(),
      qosClass: z.string().optional(),
    })
    .optional(),
});

export type VirtualMachineInstance = z.infer<
  typeof virtualMachineInstanceSchema
>;

/** True once the guest has ended; such an instance never runs again. */
export function isInstanceFinal(instance: VirtualMachineInstance): boolean {
  return ['Succeeded', 'Failed'].includes(instance.status?.phase ?? '');
}
