import {
  ANNOTATIONS,
  hasTrueCondition,
  MIGRATION_CONDITIONS,
  phaseOf,
  roleOf,
  type MigrationState,
  type VirtualMachineInstance,
} from '../objects';
import { LIMITS } from '../settings';
import { hasUtilityVolumes, utilityVolumesDeadlineMs } from './findFailure';
import { isHandedOff } from './handOff';
import type { MigrationAction, MigrationView } from './MigrationView';

/** A guest whose hotplug has not settled keeps its migration in Running. */
const UNSETTLED_CONDITIONS = [
  'HotVCPUChange',
  'HotMemoryChange',
  'MigrationRequired',
];

const WAIT: MigrationAction = { type: 'wait' };

const FIRST_PHASES = {
  local: 'Pending',
  source: 'Synchronizing',
  target: 'WaitingForSync',
} as const;

/** The step that leads to the next phase, or the wait for it. */
export function planPhase(
  view: MigrationView,
  instance: VirtualMachineInstance,
): MigrationAction {
  const { migration } = view;
  const state = instance.status?.migrationState ?? {};
  const role = roleOf(migration);
  switch (phaseOf(migration)) {
    case '':
      return enter(FIRST_PHASES[role]);
    case 'WaitingForSync':
      return planWaitingForSync(view, state);
    case 'Synchronizing':
      return planSynchronizing(view, state);
    case 'Pending':
      return planPending(view, instance);
    case 'Scheduling':
      return role === 'source'
        ? planSourceScheduling(view, state)
        : planScheduling(view);
    case 'Scheduled':
      return planScheduled(view, instance, state);
    case 'PreparingTarget':
      return state.targetNode &&
        (role === 'source'
          ? state.targetState?.nodeAddress
          : state.targetNodeAddress)
        ? enter('TargetReady')
        : WAIT;
    case 'TargetReady':
      return state.startTimestamp ? enter('Running') : WAIT;
    case 'Running':
      return state.completed && !state.failed && isSettled(instance)
        ? enter('Succeeded')
        : WAIT;
    default:
      return WAIT;
  }
}

function planWaitingForSync(
  { migration }: MigrationView,
  state: MigrationState,
): MigrationAction {
  if (state.targetState?.migrationUID !== migration.metadata.uid) {
    return { type: 'identify' };
  }
  const { migrationUID, node, pod, nodeSelectors } = state.sourceState ?? {};
  return migrationUID && node && pod && nodeSelectors ? enter('Pending') : WAIT;
}

function planSynchronizing(
  { migration }: MigrationView,
  state: MigrationState,
): MigrationAction {
  if (state.sourceState?.migrationUID !== migration.metadata.uid) {
    return { type: 'identify' };
  }
  return state.targetState?.migrationUID ? enter('Pending') : WAIT;
}

function planPending(
  view: MigrationView,
  instance: VirtualMachineInstance,
): MigrationAction {
  const { migration, targetPod, backOffUntilMs = 0 } = view;
  if (hasUtilityVolumes(instance)) {
    return hasTrueCondition(
      migration.status?.conditions,
      MIGRATION_CONDITIONS.blockedByUtilityVolumes,
    )
      ? { type: 'wait', untilMs: utilityVolumesDeadlineMs(view) }
      : { type: 'block-by-utility-volumes' };
  }
  if (roleOf(migration) === 'source') {
    return instance.status?.phase === 'Running' ? enter('Scheduling') : WAIT;
  }
  if (!targetPod) {
    if (view.nowMs < backOffUntilMs) {
      return { type: 'wait', untilMs: backOffUntilMs };
    }
    if (!view.hasFreeSlot) return WAIT;
    return instance.metadata.annotations?.[ANNOTATIONS.nonRoot]
      ? { type: 'create-target-pod' }
      : { type: 'mark-non-root' };
  }
  return migration.status?.migrationState?.sourcePod
    ? enter('Scheduling')
    : { type: 'note-source-pod' };
}

function planSourceScheduling(
  { migration }: MigrationView,
  state: MigrationState,
): MigrationAction {
  if (state.migrationUid !== migration.metadata.uid) {
    return { type: 'publish-source' };
  }
  return state.targetState?.pod ? enter('Scheduled') : WAIT;
}

function planScheduling(view: MigrationView): MigrationAction {
  const { targetPod, attachmentPod, needsAttachmentPod, nowMs } = view;
  if (!targetPod) return WAIT;
  const isAttached = !needsAttachmentPod || attachmentPod?.ready;
  if (targetPod.ready) return isAttached ? enter('Scheduled') : WAIT;
  const untilMs =
    targetPod.createdAtMs +
    (targetPod.unschedulable ? LIMITS.unschedulablePodMs : LIMITS.pendingPodMs);
  return nowMs < untilMs
    ? { type: 'wait', untilMs }
    : { type: 'give-up-target-pod' };
}

function planScheduled(
  { migration }: MigrationView,
  instance: VirtualMachineInstance,
  state: MigrationState,
): MigrationAction {
  if (roleOf(migration) === 'source') {
    return state.targetState?.pod && state.targetState.node
      ? enter('PreparingTarget')
      : WAIT;
  }
  return isHandedOff(migration, instance) && state.targetNode
    ? enter('PreparingTarget')
    : { type: 'hand-off' };
}

function isSettled(instance: VirtualMachineInstance): boolean {
  return UNSETTLED_CONDITIONS.every(
    type => !hasTrueCondition(instance.status?.conditions, type),
  );
}

function enter(phase: string): MigrationAction {
  return { type: 'enter-phase', phase };
}
