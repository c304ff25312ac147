/**
 * `spec.configuration.migrations` of the KubeVirt object; the effective values of one
 * migration are written to its `migrationState.migrationConfiguration` at hand-off.
 */
export interface MigrationConfiguration {
  allowAutoConverge: boolean;
  allowPostCopy: boolean;
  allowWorkloadDisruption: boolean;
  /** A Kubernetes quantity per second; `0` is no limit. */
  bandwidthPerMigration: string;
  /** Seconds. */
  completionTimeoutPerGiB: number;
  maxDowntimeMs: number;
  nodeDrainTaintKey: string;
  parallelMigrationsPerCluster: number;
  parallelOutboundMigrationsPerNode: number;
  /** Seconds. */
  progressTimeout: number;
  unsafeMigrationOverride: boolean;
  /** Seconds. */
  utilityVolumesTimeout: number;
}

/** KubeVirt's own defaults. */
export const DEFAULT_MIGRATION_CONFIGURATION: MigrationConfiguration = {
  allowAutoConverge: false,
  allowPostCopy: false,
  allowWorkloadDisruption: false,
  bandwidthPerMigration: '0',
  completionTimeoutPerGiB: 150,
  maxDowntimeMs: 900,
  nodeDrainTaintKey: 'kubevirt.io/drain',
  parallelMigrationsPerCluster: 5,
  parallelOutboundMigrationsPerNode: 2,
  progressTimeout: 150,
  unsafeMigrationOverride: false,
  utilityVolumesTimeout: 150,
};
