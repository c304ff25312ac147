/** Changes to the status of a migration: pure but for the draft. */
import {
  findCondition,
  INSTANCE_CONDITIONS,
  kubernetesTime,
  MIGRATION_CONDITIONS,
  withCondition,
  withoutCondition,
  type VirtualMachineInstance,
  type VirtualMachineInstanceMigration,
} from '../objects';

/** Each phase is dated once, when it is first entered. */
export function enterPhase(
  draft: VirtualMachineInstanceMigration,
  phase: string,
  nowMs: number,
): void {
  const entered = draft.status?.phaseTransitionTimestamps ?? [];
  draft.status = {
    ...draft.status,
    phase,
    phaseTransitionTimestamps: entered.some(entry => entry.phase === phase)
      ? entered
      : [
          ...entered,
          { phase, phaseTransitionTimestamp: kubernetesTime(nowMs) },
        ],
  };
}

/** Takes over whether the instance is kept from a decentralized migration. */
export function mirrorBlocked(
  draft: VirtualMachineInstanceMigration,
  instance: VirtualMachineInstance | undefined,
): void {
  const blocked = findCondition(
    instance?.status?.conditions,
    INSTANCE_CONDITIONS.blocked,
  );
  const conditions = draft.status?.conditions;
  draft.status = {
    ...draft.status,
    conditions: blocked
      ? withCondition(conditions, {
          type: MIGRATION_CONDITIONS.blocked,
          status: blocked.status,
          reason: blocked.reason,
          message: blocked.message,
          lastProbeTime: blocked.lastTransitionTime,
          lastTransitionTime: null,
        })
      : withoutCondition(conditions, MIGRATION_CONDITIONS.blocked),
  };
}
