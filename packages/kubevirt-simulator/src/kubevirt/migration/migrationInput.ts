import { nameSuffix, type Random } from '../../random';
import type { ObjectInput } from '../../store';
import { ANNOTATIONS, FINALIZERS, LABELS } from '../objects';

/**
 * Who made a migration, which shows only in marks that each leaves.
 *
 * - `virtctl`, `console`: a person
 * - `evacuation`: a node is drained; `descheduler`: a pod was evicted to balance the load
 * - `update`: KubeVirt was upgraded; `hotplug`: a changed machine; `volume-update`: its
 *   disks move as well
 */
export type MigrationCause =
  | 'virtctl'
  | 'console'
  | 'evacuation'
  | 'descheduler'
  | 'update'
  | 'hotplug'
  | 'volume-update';

export interface MigrationInput extends ObjectInput {
  spec: {
    vmiName: string;
    priority?: string;
    addedNodeSelector?: Record<string, string>;
    sendTo?: { migrationID: string; connectURL: string };
    receive?: { migrationID: string };
  };
}

interface Marks {
  generateName?: string;
  name?: string;
  priority?: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
}

/**
 * A migration as it is after virt-api's webhook, which adds the label and the finalizer.
 *
 * @param subject - the instance, the node that it is to leave (for an evacuation) and the
 *   node that somebody has chosen for it
 */
export function migrationInput(
  cause: MigrationCause,
  subject: {
    namespace: string;
    instanceName: string;
    sourceNode?: string;
    targetNode?: string;
  },
  random: Random,
): MigrationInput {
  const { namespace, instanceName, targetNode } = subject;
  const { priority, labels, ...marks } = marksOf(cause, subject, random);
  return {
    metadata: {
      namespace,
      ...marks,
      labels: { ...labels, [LABELS.instanceName]: instanceName },
      finalizers: [FINALIZERS.migration],
    },
    spec: {
      vmiName: instanceName,
      ...(priority && { priority }),
      ...(targetNode && {
        addedNodeSelector: { 'kubernetes.io/hostname': targetNode },
      }),
    },
  };
}

function marksOf(
  cause: MigrationCause,
  subject: { instanceName: string; sourceNode?: string },
  random: Random,
): Marks {
  const { instanceName, sourceNode = '' } = subject;
  const evacuation = {
    generateName: 'kubevirt-evacuation-',
    annotations: { [ANNOTATIONS.evacuation]: sourceNode },
  };
  const workloadUpdate = {
    generateName: 'kubevirt-workload-update-',
    annotations: { [ANNOTATIONS.workloadUpdate]: '' },
  };
  switch (cause) {
    case 'console':
      return { name: `${instanceName}-mig-${nameSuffix(random).slice(0, 4)}` };
    case 'evacuation':
      return { ...evacuation, priority: 'system-critical' };
    case 'descheduler':
      return { ...evacuation, priority: 'system-maintenance' };
    case 'update':
      return { ...workloadUpdate, priority: 'system-critical' };
    case 'hotplug':
      return { ...workloadUpdate, priority: 'user-triggered' };
    case 'volume-update':
      return {
        ...workloadUpdate,
        priority: 'user-triggered',
        labels: { [LABELS.volumeUpdate]: instanceName },
      };
    case 'virtctl':
      return { generateName: 'kubevirt-migrate-vm-' };
    default:
      return cause satisfies never;
  }
}
