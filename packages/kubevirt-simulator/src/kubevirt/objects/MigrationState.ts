import { z } from 'zod';

/** What both ends of a decentralized migration tell each other. */
export const peerStateSchema = z.looseObject({
  node: z.string().optional(),
  pod: z.string().optional(),
  migrationUID: z.string().optional(),
  domainName: z.string().optional(),
  domainNamespace: z.string().optional(),
  virtualMachineInstanceUID: z.string().optional(),
  syncAddress: z.string().optional(),
  persistentStatePVCName: z.string().optional(),
  selinuxContext: z.string().optional(),
  nodeSelectors: z.record(z.string(), z.string()).optional(),
  nodeAddress: z.string().optional(),
  directMigrationNodePorts: z.record(z.string(), z.number()).optional(),
  domainDetected: z.boolean().optional(),
  domainReadyTimestamp: z.string().optional(),
});

export type PeerState = z.infer<typeof peerStateSchema>;

/**
 * `status.migrationState`: live on the VirtualMachineInstance, copied to the
 * VirtualMachineInstanceMigration once that is final. Mind the spelling:
 * `migrationUid` here, `migrationUID` in the peer states.
 */
export const migrationStateSchema = z.looseObject({
  migrationUid: z.string().optional(),
  sourceNode: z.string().optional(),
  sourcePod: z.string().optional(),
  targetNode: z.string().optional(),
  targetPod: z.string().optional(),
  targetNodeAddress: z.string().optional(),
  targetDirectMigrationNodePorts: z.record(z.string(), z.number()).optional(),
  targetNodeDomainDetected: z.boolean().optional(),
  targetNodeDomainReadyTimestamp: z.string().optional(),
  targetMemoryOverhead: z.string().optional(),
  startTimestamp: z.string().optional(),
  endTimestamp: z.string().optional(),
  completed: z.boolean().optional(),
  failed: z.boolean().optional(),
  failureReason: z.string().optional(),
  abortRequested: z.boolean().optional(),
  abortStatus: z.string().optional(),
  mode: z.string().optional(),
  migrationPolicyName: z.string().optional(),
  migrationConfiguration: z.record(z.string(), z.unknown()).optional(),
  sourceState: peerStateSchema.optional(),
  targetState: peerStateSchema.optional(),
});

export type MigrationState = z.infer<typeof migrationStateSchema>;
