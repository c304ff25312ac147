import { isDeepStrictEqual } from 'node:util';
import {
  hasTrueCondition,
  INSTANCE_CONDITIONS,
  isInstanceFinal,
  kubernetesTime,
  type Condition,
  type VirtualMachine,
  type VirtualMachineInstance,
} from '../objects';
import { runStrategyOf } from './planMachine';

/** The one word in which `kubectl get vm` tells a machine's state; the first that fits. */
export function printableStatus(
  machine: VirtualMachine,
  instance: VirtualMachineInstance | undefined,
): string {
  if (machine.metadata.deletionTimestamp) return 'Terminating';
  if (!instance) {
    return ['Always', 'WaitAsReceiver'].includes(runStrategyOf(machine))
      ? 'Starting'
      : 'Stopped';
  }
  if (instance.metadata.deletionTimestamp) return 'Stopping';
  if (isInstanceFinal(instance)) return 'Stopped';
  const { phase, migrationState } = instance.status ?? {};
  if (migrationState?.startTimestamp && !migrationState.endTimestamp) {
    return 'Migrating';
  }
  if (phase === 'Running') return 'Running';
  return phase === 'WaitingForSync' ? 'WaitingForReceiver' : 'Starting';
}

/** The machine's status as its instance makes it; the present one when nothing changes. */
export function machineStatus(
  machine: VirtualMachine,
  instance: VirtualMachineInstance | undefined,
  nowMs: number,
): VirtualMachine['status'] {
  const isReady = hasTrueCondition(
    instance?.status?.conditions,
    INSTANCE_CONDITIONS.ready,
  );
  const status = {
    ...machine.status,
    created: instance !== undefined,
    ready: isReady,
    printableStatus: printableStatus(machine, instance),
    runStrategy: runStrategyOf(machine),
    conditions: [readyCondition(machine, instance, isReady, nowMs)],
  };
  return isDeepStrictEqual(status, machine.status) ? machine.status : status;
}

function readyCondition(
  machine: VirtualMachine,
  instance: VirtualMachineInstance | undefined,
  isReady: boolean,
  nowMs: number,
): Condition {
  const before = machine.status?.conditions?.find(
    ({ type }) => type === 'Ready',
  );
  const status = isReady ? 'True' : 'False';
  return {
    type: 'Ready',
    status,
    ...(!isReady && {
      reason: instance ? 'GuestNotRunning' : 'VMINotExists',
      message: instance
        ? 'Guest VM is not reported as running'
        : 'VMI does not exist',
    }),
    lastProbeTime: null,
    lastTransitionTime:
      before?.status === status
        ? before.lastTransitionTime
        : kubernetesTime(nowMs),
  };
}
