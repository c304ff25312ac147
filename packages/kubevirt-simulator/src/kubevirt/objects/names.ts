/** Plural names of the resources that the controllers write. */
export const RESOURCES = {
  machines: 'virtualmachines',
  instances: 'virtualmachineinstances',
  migrations: 'virtualmachineinstancemigrations',
  events: 'events',
} as const;

export const API_VERSION = 'kubevirt.io/v1';

export const FINALIZERS = {
  migration: 'kubevirt.io/migrationJobFinalize',
  synchronization: 'synchronization.kubevirt.io/migrationFinalizer',
  /** As virt-api puts it on; virt-controller renames it in its first update. */
  instanceAtCreation: 'foregroundDeleteVirtualMachine',
  instance: 'kubevirt.io/foregroundDeleteVirtualMachine',
} as const;

export const LABELS = {
  instanceName: 'kubevirt.io/vmi-name',
  node: 'kubevirt.io/nodeName',
  targetNode: 'kubevirt.io/migrationTargetNodeName',
  volumeUpdate: 'kubevirt.io/volume-update-migration',
  forkliftMigration: 'migration',
  forkliftPlan: 'plan',
  forkliftMachine: 'vmID',
} as const;

export const ANNOTATIONS = {
  latestApiVersion: 'kubevirt.io/latest-observed-api-version',
  storageApiVersion: 'kubevirt.io/storage-observed-api-version',
  evacuation: 'kubevirt.io/evacuationMigration',
  workloadUpdate: 'kubevirt.io/workloadUpdateMigration',
  evictionSource: 'kubevirt.io/eviction-source',
  migrationTarget: 'kubevirt.io/create-migration-target',
  restoreRunStrategy: 'kubevirt.io/restore-run-strategy',
  nonRoot: 'kubevirt.io/nonroot',
} as const;

/** Condition types of a VirtualMachineInstanceMigration. */
export const MIGRATION_CONDITIONS = {
  abortRequested: 'migrationAbortRequested',
  rejectedByQuota: 'migrationRejectedByResourceQuota',
  blockedByUtilityVolumes: 'migrationBlockedByUtilityVolumes',
  blocked: 'decentralizedMigrationBlocked',
} as const;

/** Condition types of a VirtualMachineInstance. */
export const INSTANCE_CONDITIONS = {
  ready: 'Ready',
  agentConnected: 'AgentConnected',
  liveMigratable: 'LiveMigratable',
  storageLiveMigratable: 'StorageLiveMigratable',
  blocked: 'DecentralizedLiveMigrationFailure',
} as const;
