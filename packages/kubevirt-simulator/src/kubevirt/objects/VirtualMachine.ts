import { z } from 'zod';
import { conditionSchema, metadataSchema } from './metadata';
import { virtualMachineInstanceSpecSchema } from './VirtualMachineInstance';

export const virtualMachineSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.literal('VirtualMachine'),
  metadata: metadataSchema,
  spec: z.looseObject({
    runStrategy: z.string().optional(),
    template: z.looseObject({
      metadata: z
        .looseObject({
          labels: z.record(z.string(), z.string()).optional(),
          annotations: z.record(z.string(), z.string()).optional(),
        })
        .optional(),
      spec: virtualMachineInstanceSpecSchema,
    }),
  }),
  status: z
    .looseObject({
      printableStatus: z.string().optional(),
      created: z.boolean().optional(),
      ready: z.boolean().optional(),
      runStrategy: z.string().optional(),
      conditions: z.array(conditionSchema).optional(),
    })
    .optional(),
});

export type VirtualMachine = z.infer<typeof virtualMachineSchema>;
