export { CrossClusterMover } from './CrossClusterMover';
export type { CrossClusterMove, Half } from './CrossClusterMover';
export { FAILURE_CLASSES } from './fate';
export type {
  CancelMoment,
  FailureClass,
  FailureDescription,
  FateRequest,
  LocalFailureClass,
} from './fate';
export { Fleet } from './Fleet';
export type { FleetClusterOptions, FleetOptions } from './Fleet';
export { FleetLinks } from './FleetLinks';
export { KubeVirtCluster } from './KubeVirtCluster';
export type {
  KubeVirtClusterOptions,
  MigrateOptions,
  ObjectName,
} from './KubeVirtCluster';
export type { GuestName, VirtualMachineSpec } from './machine';
export type { MigrationCause, MigrationInput } from './migration';
export {
  DEFAULT_MIGRATION_CONFIGURATION,
  DEFAULT_SETTINGS,
  RECORDED_TIMINGS,
} from './settings';
export type {
  KubeVirtSettings,
  MigrationConfiguration,
  MigrationPolicy,
  Range,
  Timings,
} from './settings';
export { GroundTruth } from './truth';
export type { LegTruth, MoveTruth, TrueOutcome, TruePlace } from './truth';
