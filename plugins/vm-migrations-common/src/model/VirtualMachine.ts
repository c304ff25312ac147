import { z } from 'zod';
import { isoTimeSchema } from './isoTime';
import { migrationSchema } from './Migration';

/**
 * A virtual machine as its VirtualMachine and VirtualMachineInstance objects tell it.
 * What neither of them says is absent.
 *
 * @public
 */
export const virtualMachineSchema = z.object({
  cluster: z.string(),
  datacenter: z.string().optional(),
  namespace: z.string(),
  name: z.string(),
  uid: z.string().optional().describe('uid of the VirtualMachine'),
  instanceUid: z
    .string()
    .optional()
    .describe('uid of the VirtualMachineInstance; absent while stopped'),
  status: z
    .string()
    .optional()
    .describe('VirtualMachine.status.printableStatus'),
  phase: z.string().optional().describe('VirtualMachineInstance.status.phase'),
  runStrategy: z.string().optional(),
  ready: z.boolean().optional(),
  node: z.string().optional().describe('during a move still the source node'),
  ipAddresses: z.array(z.string()),
  cpu: z
    .object({
      sockets: z.number().int(),
      cores: z.number().int(),
      threads: z.number().int(),
    })
    .optional(),
  memoryBytes: z.number().optional(),
  guestOs: z.string().optional(),
  liveMigratable: z
    .object({ status: z.boolean(), reason: z.string().optional() })
    .optional(),
  labels: z.record(z.string(), z.string()),
  createdAt: isoTimeSchema.optional(),
  migration: migrationSchema
    .pick({
      id: true,
      kind: true,
      phase: true,
      outcome: true,
      source: true,
      target: true,
      createdAt: true,
    })
    .optional()
    .describe('the move that is under way, if one is'),
  deleted: z
    .boolean()
    .describe('gone from its cluster; only in the change feed'),
  updatedAt: isoTimeSchema,
  revision: z.number().int(),
});

/** @public */
export type VirtualMachine = z.infer<typeof virtualMachineSchema>;
