export {
  ClusterStore,
  type ClusterDefinition,
  type ClusterWriteResult,
  type DatacenterDefinition,
} from './ClusterStore';
export { databaseErrorText } from './databaseErrorText';
export { isSqlite } from './dialect';
export { DatabaseMigrationReader } from './DatabaseMigrationReader';
export { MigrationWriter } from './MigrationWriter';
export { openDatabase } from './openDatabase';
export { rederiveMigrations, type RederiveOptions } from './rederiveMigrations';
export * from './types';
