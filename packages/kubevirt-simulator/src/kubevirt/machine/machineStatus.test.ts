import { Simulation, WEB } from '../__testUtils__/simulation';
import type { VirtualMachine, VirtualMachineInstance } from '../objects';
import { printableStatus } from './machineStatus';

const { a } = new Simulation();
const machine = a.objects.machines.get('shop/web-1');
const instance = a.objects.instances.get('shop/web-1');

function status(
  machineChange: (draft: VirtualMachine) => void,
  instanceChange?: (draft: VirtualMachineInstance) => void,
): string {
  if (!machine || !instance) throw new Error(`${WEB.name} is missing`);
  const changed = structuredClone(machine);
  machineChange(changed);
  const present = structuredClone(instance);
  instanceChange?.(present);
  return printableStatus(changed, instanceChange && present);
}

const same = () => {};

describe('printableStatus', () => {
  it.each([
    ['Always', 'Starting'],
    ['WaitAsReceiver', 'Starting'],
    ['Halted', 'Stopped'],
    ['Manual', 'Stopped'],
  ])('of a %s machine without an instance is %s', (runStrategy, word) => {
    expect(
      status(draft => {
        draft.spec.runStrategy = runStrategy;
      }),
    ).toBe(word);
  });

  it.each([
    ['Running', 'Running'],
    ['Scheduling', 'Starting'],
    ['WaitingForSync', 'WaitingForReceiver'],
    ['Succeeded', 'Stopped'],
  ])('with an instance in %s is %s', (phase, word) => {
    expect(
      status(same, draft => {
        draft.status = { ...draft.status, phase };
      }),
    ).toBe(word);
  });

  it('is Migrating between start and end of the copy only', () => {
    const migrating = (endTimestamp?: string) =>
      status(same, draft => {
        draft.status = {
          ...draft.status,
          migrationState: {
            startTimestamp: '2026-03-04T10:00:00Z',
            endTimestamp,
          },
        };
      });
    expect(migrating()).toBe('Migrating');
    expect(migrating('2026-03-04T10:00:09Z')).toBe('Running');
  });

  it('puts the end of the machine before that of the instance', () => {
    const deletionTimestamp = '2026-03-04T10:00:00Z';
    const ending = (draft: VirtualMachineInstance) => {
      draft.metadata.deletionTimestamp = deletionTimestamp;
    };
    expect(status(same, ending)).toBe('Stopping');
    expect(
      status(draft => {
        draft.metadata.deletionTimestamp = deletionTimestamp;
      }, ending),
    ).toBe('Terminating');
  });
});
