import type { ObjectInput } from '../../store';
import {
  ANNOTATIONS,
  API_VERSION,
  FINALIZERS,
  type VirtualMachine,
  type VirtualMachineInstance,
} from '../objects';

export interface InstanceInput extends ObjectInput {
  spec: VirtualMachineInstance['spec'];
  status?: VirtualMachineInstance['status'];
}

/** The instance that virt-controller makes from a machine's template. */
export function instanceInput(
  machine: VirtualMachine,
  asReceiver: boolean,
): InstanceInput {
  const { name, namespace, uid } = machine.metadata;
  const { metadata, spec } = machine.spec.template;
  return {
    metadata: {
      name,
      namespace,
      labels: metadata?.labels,
      annotations: {
        ...metadata?.annotations,
        ...(asReceiver && { [ANNOTATIONS.migrationTarget]: 'true' }),
        [ANNOTATIONS.latestApiVersion]: 'v1',
        [ANNOTATIONS.storageApiVersion]: 'v1',
      },
      finalizers: [FINALIZERS.instanceAtCreation],
      ownerReferences: [
        {
          apiVersion: API_VERSION,
          kind: 'VirtualMachine',
          name,
          uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec,
  };
}
