export { DEFAULT_SETTINGS, LIMITS } from './KubeVirtSettings';
export type { KubeVirtSettings } from './KubeVirtSettings';
export { DEFAULT_MIGRATION_CONFIGURATION } from './MigrationConfiguration';
export type { MigrationConfiguration } from './MigrationConfiguration';
export { matchMigrationPolicy } from './MigrationPolicy';
export type { MigrationPolicy, PolicySubject } from './MigrationPolicy';
export { RECORDED_TIMINGS } from './Timings';
export type { Range, Timings } from './Timings';
