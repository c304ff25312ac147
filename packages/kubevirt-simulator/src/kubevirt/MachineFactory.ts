import { ensureNamespace } from '../apiserver';
import type { ObjectStore } from '../store';
import type { ClusterContext } from './ClusterContext';
import { settledInstance } from './instance';
import {
  machineInput,
  receiverInput,
  type VirtualMachineSpec,
} from './machine';
import { keyOf, RESOURCES, type VirtualMachine } from './objects';

/** Where a machine has been running, and since when (milliseconds since the epoch). */
export interface Placement {
  node: string;
  sinceMs: number;
}

/** Makes virtual machines whose uids come from their names. */
export class MachineFactory {
  readonly #context: ClusterContext;
  readonly #store: ObjectStore;
  readonly #identity: string;

  /** @param identity - the same text gives machines of the same name the same uids */
  constructor(context: ClusterContext, store: ObjectStore, identity: string) {
    this.#context = context;
    this.#store = store;
    this.#identity = identity;
  }

  create(spec: VirtualMachineSpec, placement?: Placement): void {
    const { objects, clock } = this.#context;
    const { namespace, name } = spec;
    const identity = this.#identityOf(namespace, name);
    ensureNamespace(this.#store, namespace);
    this.#store.put(
      'ADDED',
      RESOURCES.machines,
      machineInput(spec, identity, placement?.sinceMs ?? clock.now()),
    );
    const machine = objects.machines.get(keyOf(namespace, name));
    if (placement && machine) this.#settle(machine, spec, placement, identity);
  }

  /** For the guest of a machine in another cluster. */
  createReceiver(
    source: { cluster: string; machine: VirtualMachine },
    namespace: string,
  ): void {
    const { name } = source.machine.metadata;
    ensureNamespace(this.#store, namespace);
    this.#store.put(
      'ADDED',
      RESOURCES.machines,
      receiverInput(
        source.machine,
        { cluster: source.cluster, namespace },
        this.#identityOf(namespace, name),
        this.#context.clock.now(),
      ),
    );
  }

  #settle(
    machine: VirtualMachine,
    spec: VirtualMachineSpec,
    { node, sinceMs }: Placement,
    identity: string,
  ): void {
    const { namespace, name } = spec;
    const pod = this.#context.pods.adopt(
      {
        namespace,
        instanceName: name,
        role: 'launcher',
        createdAtMs: sinceMs,
      },
      node,
    );
    this.#store.put(
      'ADDED',
      RESOURCES.instances,
      settledInstance(machine, spec, pod, identity, sinceMs),
    );
  }

  #identityOf(namespace: string, name: string): string {
    return `${this.#identity}/${this.#context.cluster}/${namespace}/${name}`;
  }
}
