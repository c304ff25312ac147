import { uuidOf } from '../identity';
import { ANNOTATIONS, kubernetesTime, type VirtualMachine } from '../objects';
import type { MachineInput } from './machineInput';
import { runStrategyOf } from './planMachine';

/** Forklift's note of where a machine came from. */
const FORKLIFT_SOURCE = 'forklift.konveyor.io/source';

/**
 * The machine that is to take in the guest of another one: the same template, waiting for
 * the guest instead of starting one of its own.
 */
export function receiverInput(
  source: VirtualMachine,
  place: { cluster: string; namespace: string },
  identity: string,
  nowMs: number,
): MachineInput & { metadata: { generation: number } } {
  const { name, namespace, labels, annotations } = source.metadata;
  return {
    metadata: {
      name,
      namespace: place.namespace,
      uid: uuidOf(`${identity}/VirtualMachine`),
      creationTimestamp: kubernetesTime(nowMs),
      generation: 1,
      labels,
      annotations: {
        ...annotations,
        [FORKLIFT_SOURCE]: `${place.cluster}/${namespace}/${name}`,
        [ANNOTATIONS.restoreRunStrategy]: runStrategyOf(source),
      },
    },
    spec: { ...source.spec, runStrategy: 'WaitAsReceiver' },
  };
}
