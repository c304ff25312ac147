import {
  isFinalPhase,
  type LegRole,
} from 'backstage-plugin-vm-migrations-common';
import { isoTime } from './isoTime';
import { migrationStateFacts } from './migrationStateFacts';
import type { MigrationObject } from './schemas';
import type { LegFacts } from './types';

const EVACUATION_ANNOTATION = 'kubevirt.io/evacuationMigration';
const ABORT_CONDITION = 'migrationAbortRequested';

/** Facts that a VirtualMachineInstanceMigration tells about itself. */
export function migrationFacts(object: MigrationObject): LegFacts {
  const { metadata, spec, status } = object;
  const role = roleOf(spec);
  const phase = status?.phase ?? '';
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    vmiName: spec.vmiName,
    createdAt: isoTime(metadata.creationTimestamp),
    role,
    migrationID:
      role === 'local'
        ? undefined
        : spec.sendTo?.migrationID ?? spec.receive?.migrationID,
    sendToUrl: role === 'source' ? spec.sendTo?.connectURL : undefined,
    labels: metadata.labels ?? {},
    phase,
    reportedTransitions: reportedTransitions(object),
    conditions: (status?.conditions ?? []).map(condition => ({
      type: condition.type,
      status: condition.status,
      reason: condition.reason,
      message: condition.message,
    })),
    deletionRequestedAt: isoTime(metadata.deletionTimestamp),
    abortAcknowledged: abortAcknowledged(object) || undefined,
    cancelRequested: cancelRequested(object, phase) || undefined,
    evacuatedNode: metadata.annotations?.[EVACUATION_ANNOTATION] || undefined,
    ...(status?.migrationState
      ? migrationStateFacts(status.migrationState, role)
      : {}),
  };
}

/** KubeVirt counts a migration with both `sendTo` and `receive` as a local one. */
function roleOf(spec: MigrationObject['spec']): LegRole {
  if (spec.sendTo && !spec.receive) {
    return 'source';
  }
  if (spec.receive && !spec.sendTo) {
    return 'target';
  }
  return 'local';
}

/** KubeVirt lists each phase once, at its first entry. */
function reportedTransitions(
  object: MigrationObject,
): LegFacts['reportedTransitions'] {
  const reported = new Map<string, string>();
  for (const entry of object.status?.phaseTransitionTimestamps ?? []) {
    const at = isoTime(entry.phaseTransitionTimestamp);
    if (at && !reported.has(entry.phase)) {
      reported.set(entry.phase, at);
    }
  }
  return reported.size
    ? [...reported].map(([phase, at]) => ({ phase, at }))
    : undefined;
}

function abortAcknowledged({ status }: MigrationObject): boolean {
  return (status?.conditions ?? []).some(
    condition =>
      condition.type === ABORT_CONDITION && condition.status === 'True',
  );
}

/**
 * Cancelling means deleting the object. The condition is only ever set while the phase is
 * not final, or together with Failed; a deletion timestamp alone also comes with garbage
 * collection, so on a final object it counts only when it is older than the end
 * (docs/kubevirt.md, "Outcome").
 */
function cancelRequested(object: MigrationObject, phase: string): boolean {
  if (abortAcknowledged(object)) {
    return true;
  }
  const requestedAt = isoTime(object.metadata.deletionTimestamp);
  if (!requestedAt) {
    return false;
  }
  if (!isFinalPhase(phase)) {
    return true;
  }
  const endedAt = reportedTransitions(object)?.find(
    transition => transition.phase === phase,
  )?.at;
  return endedAt !== undefined && requestedAt < endedAt;
}
