/**
 * What the two synchronization controllers tell each other about the halves of a
 * decentralized migration: pure. Each half owns its side; the other side is a copy.
 */
import type { MigrationState, VirtualMachineInstance } from '../objects';

/** The source's side as the target's instance gets it. */
export function takeFromSource(
  target: VirtualMachineInstance,
  source: VirtualMachineInstance,
  sourceAddress: string,
): void {
  const from = source.status?.migrationState ?? {};
  const state = target.status?.migrationState ?? {};
  target.status = {
    ...target.status,
    migrationMethod: source.status?.migrationMethod,
    migrationTransport: source.status?.migrationTransport,
    migrationState: {
      ...state,
      ...definedOf({
        sourceNode: from.sourceState?.node,
        sourcePod: from.sourceState?.pod,
        startTimestamp: state.completed ? undefined : from.startTimestamp,
      }),
      sourceState: { ...from.sourceState, syncAddress: sourceAddress },
    },
  };
}

/** The target's side as the source's instance gets it. */
export function takeFromTarget(
  source: VirtualMachineInstance,
  target: VirtualMachineInstance,
  targetAddress: string,
): void {
  const from = target.status?.migrationState ?? {};
  const state = source.status?.migrationState ?? {};
  const handedOff = from.targetState?.node !== undefined;
  source.status = {
    ...source.status,
    migrationState: {
      ...state,
      ...definedOf({
        targetNode: from.targetState?.node,
        targetPod: from.targetState?.pod,
        targetNodeAddress: from.targetState?.nodeAddress,
        targetDirectMigrationNodePorts:
          from.targetState?.directMigrationNodePorts,
        targetNodeDomainDetected: from.targetState?.domainDetected,
        targetNodeDomainReadyTimestamp: from.targetState?.domainReadyTimestamp,
        migrationPolicyName: from.migrationPolicyName,
        migrationConfiguration: handedOff
          ? from.migrationConfiguration
          : undefined,
      }),
      ...endOf(from, state),
      targetState: { ...from.targetState, syncAddress: targetAddress },
    },
  };
}

/** The target's end is the source's as well, unless the source has one of its own. */
function endOf(from: MigrationState, state: MigrationState): MigrationState {
  if (state.completed) return {};
  if (!from.completed) {
    return from.abortRequested ? { abortRequested: true } : {};
  }
  const { endTimestamp, failed, failureReason } = from;
  return {
    completed: true,
    endTimestamp,
    ...(failed && { failed, failureReason }),
  };
}

function definedOf(state: MigrationState): MigrationState {
  return Object.fromEntries(
    Object.entries(state).filter(([, value]) => value !== undefined),
  );
}
