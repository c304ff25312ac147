import { z } from 'zod';

export const ownerReferenceSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  uid: z.string(),
});

/** `metadata` of an object that the API server has stored. */
export const metadataSchema = z.looseObject({
  name: z.string(),
  namespace: z.string(),
  uid: z.string(),
  resourceVersion: z.string(),
  generateName: z.string().optional(),
  creationTimestamp: z.string(),
  deletionTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  finalizers: z.array(z.string()).optional(),
  ownerReferences: z.array(ownerReferenceSchema).optional(),
});

export const conditionSchema = z.looseObject({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastProbeTime: z.string().nullish(),
  lastTransitionTime: z.string().nullish(),
});

export type Condition = z.infer<typeof conditionSchema>;

export const phaseTransitionTimestampSchema = z.looseObject({
  phase: z.string(),
  phaseTransitionTimestamp: z.string(),
});

export type PhaseTransitionTimestamp = z.infer<
  typeof phaseTransitionTimestampSchema
>;
