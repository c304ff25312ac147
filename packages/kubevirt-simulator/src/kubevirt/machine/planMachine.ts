/** What virt-controller does next about a virtual machine: pure. */
import {
  ANNOTATIONS,
  isInstanceFinal,
  type VirtualMachine,
  type VirtualMachineInstance,
} from '../objects';

export type MachineAction =
  | { type: 'none' }
  | { type: 'start'; asReceiver: boolean }
  | { type: 'delete-instance' }
  | { type: 'set-run-strategy'; runStrategy: string };

const NONE: MachineAction = { type: 'none' };

export function planMachine(
  machine: VirtualMachine,
  instance: VirtualMachineInstance | undefined,
): MachineAction {
  const runStrategy = runStrategyOf(machine);
  if (!instance) return planWithoutInstance(machine, runStrategy);
  if (instance.metadata.deletionTimestamp) return NONE;
  if (isInstanceFinal(instance)) {
    return planAfterEnd(instance, runStrategy);
  }
  if (runStrategy === 'Halted') return { type: 'delete-instance' };
  return runStrategy === 'WaitAsReceiver' && hasReceived(instance)
    ? {
        type: 'set-run-strategy',
        runStrategy:
          machine.metadata.annotations?.[ANNOTATIONS.restoreRunStrategy] ??
          'Always',
      }
    : NONE;
}

function planWithoutInstance(
  machine: VirtualMachine,
  runStrategy: string,
): MachineAction {
  switch (runStrategy) {
    case 'Always':
      return { type: 'start', asReceiver: false };
    case 'WaitAsReceiver':
      return { type: 'start', asReceiver: true };
    case 'RerunOnFailure':
      return machine.status?.created === undefined
        ? { type: 'start', asReceiver: false }
        : NONE;
    default:
      return NONE;
  }
}

/**
 * The machine of a guest that lives on in another cluster is halted, lest it starts a
 * second time here. One that is started by hand is left alone.
 */
function planAfterEnd(
  instance: VirtualMachineInstance,
  runStrategy: string,
): MachineAction {
  if (runStrategy === 'Manual') return NONE;
  return runStrategy === 'Always' && hasSentGuest(instance)
    ? { type: 'set-run-strategy', runStrategy: 'Halted' }
    : { type: 'delete-instance' };
}

function hasSentGuest({ status }: VirtualMachineInstance): boolean {
  const state = status?.migrationState;
  return (
    state?.completed === true &&
    !state.failed &&
    state.sourceState?.migrationUID === state.migrationUid
  );
}

function hasReceived({ status }: VirtualMachineInstance): boolean {
  const state = status?.migrationState;
  return (
    status?.phase === 'Running' && state?.completed === true && !state.failed
  );
}

export function runStrategyOf(machine: VirtualMachine): string {
  return machine.spec.runStrategy ?? 'Always';
}
