import { roleOf, isInstanceFinal, phaseOf } from '../objects';
import type { VirtualMachineInstance } from '../objects';
import { isPodDown } from '../pods';
import { isHandedOff } from './handOff';
import type { FailureCause, MigrationView } from './MigrationView';

const WITH_TARGET_POD = new Set([
  'Scheduling',
  'Scheduled',
  'PreparingTarget',
  'TargetReady',
  'Running',
]);

const AFTER_HAND_OFF = new Set(['PreparingTarget', 'TargetReady', 'Running']);

/** The first cause that holds, in virt-controller's order. */
export function findFailure(
  view: MigrationView,
  instance: VirtualMachineInstance,
): FailureCause | undefined {
  const { migration, targetPod, attachmentPod } = view;
  const phase = phaseOf(migration);
  const role = roleOf(migration);
  const state = instance.status?.migrationState;
  const hasSentGuest = role === 'source' && state?.completed && !state.failed;

  if (isInstanceFinal(instance) && !hasSentGuest) return 'instance-shut-down';
  if (
    migration.metadata.deletionTimestamp &&
    !isHandedOff(migration, instance)
  ) {
    return 'cancelled';
  }
  if (role !== 'source') {
    if (targetPod && isPodDown(targetPod)) return 'target-pod-down';
    if (!targetPod && WITH_TARGET_POD.has(phase)) return 'target-pod-removed';
  }
  if (AFTER_HAND_OFF.has(phase)) {
    if (!state) return 'state-cleared';
    if (state.migrationUid !== migration.metadata.uid) return 'taken-over';
    if (state.failed) return 'source-node-reported';
  }
  if (attachmentPod && isPodDown(attachmentPod)) return 'attachment-pod-down';
  if (hasWaitedForUtilityVolumes(view, instance)) return 'utility-volumes';
  if (phase === '' && view.otherInProgress) return 'other-in-progress';
  return undefined;
}

function hasWaitedForUtilityVolumes(
  view: MigrationView,
  instance: VirtualMachineInstance,
): boolean {
  return (
    phaseOf(view.migration) === 'Pending' &&
    hasUtilityVolumes(instance) &&
    view.nowMs >= utilityVolumesDeadlineMs(view)
  );
}

/** When a migration that waits for utility volumes to be detached gives up. */
export function utilityVolumesDeadlineMs(view: MigrationView): number {
  return (
    Date.parse(view.migration.metadata.creationTimestamp) +
    view.utilityVolumesTimeoutMs
  );
}

export function hasUtilityVolumes(instance: VirtualMachineInstance): boolean {
  const volumes = instance.spec.utilityVolumes;
  return Array.isArray(volumes) && volumes.length > 0;
}
