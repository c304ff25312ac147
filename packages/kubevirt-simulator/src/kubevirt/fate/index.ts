export { delay } from './delay';
export {
  ABORTED_REASON,
  BROKEN_PIPE_REASON,
  FAILURE_CLASSES,
  TARGET_POD_DOWN_REASON,
} from './failureClasses';
export type {
  FailureClass,
  FailureDescription,
  LocalFailureClass,
} from './failureClasses';
export { LATE_CANCEL_REPORT_MS, MigrationFates } from './MigrationFates';
export type {
  CancelMoment,
  FateRequest,
  MigrationFate,
} from './MigrationFates';
export { FailureInjector } from './FailureInjector';
