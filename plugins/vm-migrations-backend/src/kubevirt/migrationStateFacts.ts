import type { LegRole } from 'backstage-plugin-vm-migrations-common';
import { isoTime } from './isoTime';
import type { MigrationState } from './schemas';
import type { LegFacts } from './types';

/**
 * Reads `status.migrationState`, which KubeVirt writes on the instance while a migration
 * runs and copies to the migration once it is over.
 *
 * In a decentralized migration the flat `sourcePod` of the receiving side names its own
 * target pod until the end, so `sourceState` and `targetState` win wherever they are, and
 * a receiving side without `sourceState` tells no source pod (docs/kubevirt.md, "Pairs").
 */
export function migrationStateFacts(
  state: MigrationState,
  role: LegRole | undefined,
): LegFacts {
  const { sourceState, targetState } = state;
  const decentralized = sourceState !== undefined || targetState !== undefined;
  const sourcePod =
    decentralized || role === 'target' ? sourceState?.pod : state.sourcePod;
  return {
    sourceNode: sourceState?.node ?? state.sourceNode,
    sourcePod,
    targetNode: targetState?.node ?? state.targetNode,
    targetPod: targetState?.pod ?? state.targetPod,
    startedAt: isoTime(state.startTimestamp),
    endedAt: isoTime(state.endTimestamp),
    completed: state.completed,
    failed: state.failed,
    failureReason: state.failureReason,
    abortRequested: state.abortRequested,
    abortStatus: state.abortStatus,
    mode: state.mode,
    policyName: state.migrationPolicyName,
    configuration: state.migrationConfiguration,
    sourceMigrationUid: sourceState?.migrationUID,
    targetMigrationUid: targetState?.migrationUID,
  };
}

/**
 * uid of the migration that an instance's state belongs to. Before the hand-off of a
 * decentralized migration `migrationUid` is not set yet; then the side that the instance
 * stands on tells: each side knows the sync address of the other side only.
 *
 * A decentralized migration writes itself into what one that never got to its hand-off left
 * behind. While the two uids differ the state is a mixture and says nothing of either.
 */
export function migrationUidOf(state: MigrationState): string | undefined {
  const { migrationUid } = state;
  const own = ownSideOf(state)?.migrationUID;
  return migrationUid && own && migrationUid !== own
    ? undefined
    : migrationUid ?? own;
}

/** Undefined for a local migration, and where the addresses do not tell the sides apart. */
function ownSideOf({
  sourceState,
  targetState,
}: MigrationState): MigrationState['sourceState'] {
  if (targetState?.syncAddress && !sourceState?.syncAddress) {
    return sourceState;
  }
  if (sourceState?.syncAddress && !targetState?.syncAddress) {
    return targetState;
  }
  return undefined;
}
