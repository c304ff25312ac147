/** Changes to the status of a migration: pure but for the draft. */
import {
  enteredPhases,
  findCondition,
  INSTANCE_CONDITIONS,
  MIGRATION_CONDITIONS,
  withCondition,
  withoutCondition,
  type VirtualMachineInstance,
  type VirtualMachineInstanceMigration,
} from '../objects';

export function enterPhase(
  draft: VirtualMachineInstanceMigration,
  phase: string,
  nowMs: number,
): void {
  draft.status = {
    ...draft.status,
    phase,
    phaseTransitionTimestamps: enteredPhases(
      draft.status?.phaseTransitionTimestamps,
      phase,
      nowMs,
    ),
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
