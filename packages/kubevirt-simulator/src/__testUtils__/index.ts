export { HttpClient } from './HttpClient';
export type { HttpAnswer, RequestOptions } from './HttpClient';
export { readListAnswer } from './lists';
export {
  ALL_MIGRATIONS_PATH,
  INSTANCES,
  INSTANCES_PATH,
  MIGRATIONS,
  MIGRATIONS_PATH,
  START_TIME,
  TestCluster,
} from './TestCluster';
export type { TestClusterOptions } from './TestCluster';
export type { Watch, WatchEvent } from './Watch';
