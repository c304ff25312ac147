import type { FailureCause } from './MigrationView';

/** Texts of the event `FailedMigration`: before the hand-off the only reason there is. */
export const FAILURE_TEXTS: Readonly<Record<FailureCause, string>> = {
  'instance-shut-down': 'vmi shutdown during migration',
  cancelled: 'migration canceled by user',
  'target-pod-down': 'target pod shutdown during migration',
  'target-pod-removed': 'target pod was removed during active migration',
  'state-cleared': 'vmi migration state was cleared during active migration',
  'taken-over': 'vmi migration state was taken over by another migration job',
  'source-node-reported': 'source node reported migration failed',
  'attachment-pod-down': 'target attachment pod shutdown during migration',
  'utility-volumes':
    'timed out waiting for utility volumes to be detached from the vmi',
  'other-in-progress':
    'vmi is not eligible for migration because another migration job is in progress',
};
