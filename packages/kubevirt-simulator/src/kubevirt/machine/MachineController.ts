/**
 * virt-controller's part in virtual machines: keeps an instance running as the run strategy
 * says, and tells in the status how that stands.
 */
import { ReconcileQueue } from '../access';
import type { ClusterContext } from '../ClusterContext';
import { delay } from '../fate';
import { ANNOTATIONS, type VirtualMachine } from '../objects';
import { instanceInput } from './instanceInput';
import { machineStatus } from './machineStatus';
import { planMachine } from './planMachine';

export class MachineController {
  readonly #context: ClusterContext;
  readonly #queue: ReconcileQueue;

  constructor(context: ClusterContext) {
    this.#context = context;
    this.#queue = new ReconcileQueue(context.clock, key =>
      this.#reconcile(key),
    );
  }

  start(): void {
    const { objects } = this.#context;
    objects.machines.subscribe(({ key, current }) => {
      if (current) this.#enqueue(key);
      else objects.instances.delete(key);
    });
    objects.instances.subscribe(({ key }) => this.#enqueue(key));
  }

  #reconcile(key: string): void {
    const { objects, clock } = this.#context;
    const machine = objects.machines.get(key);
    if (!machine) return;
    const instance = objects.instances.get(key);
    const status = machineStatus(machine, instance, clock.now());
    if (status !== machine.status) {
      objects.machines.update(
        key,
        draft => {
          draft.status = status;
        },
        'status',
      );
    }
    const action = planMachine(machine, instance);
    switch (action.type) {
      case 'none':
        return;
      case 'start':
        objects.instances.create(instanceInput(machine, action.asReceiver));
        return;
      case 'delete-instance':
        objects.instances.delete(key);
        return;
      case 'set-run-strategy':
        objects.machines.update(key, draft =>
          setRunStrategy(draft, action.runStrategy),
        );
        return;
      default:
        action satisfies never;
    }
  }

  #enqueue(key: string): void {
    const { random, settings } = this.#context;
    this.#queue.add(key, delay(random, settings.timings.reconcile));
  }
}

function setRunStrategy(draft: VirtualMachine, runStrategy: string): void {
  draft.spec.runStrategy = runStrategy;
  const { [ANNOTATIONS.restoreRunStrategy]: _restored, ...annotations } =
    draft.metadata.annotations ?? {};
  draft.metadata.annotations = annotations;
}
