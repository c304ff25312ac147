import type { ObjectInput } from '../../store';
import { uuidOf } from '../identity';
import { kubernetesTime, type VirtualMachine } from '../objects';
import { GUEST_ANNOTATION, type GuestName } from './guests';

/** A virtual machine that is to be. */
export interface VirtualMachineSpec {
  namespace: string;
  name: string;
  /** Put on the machine and on its instance. */
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  cpu?: { sockets: number; cores: number; threads: number };
  /** Kubernetes quantities. */
  memory?: string;
  disk?: string;
  /** `Always` when absent. */
  runStrategy?: string;
  guest?: GuestName;
}

export interface MachineInput extends ObjectInput {
  spec: VirtualMachine['spec'];
  status?: VirtualMachine['status'];
}

/**
 * The VirtualMachine object. Its uid and the firmware's come from `identity`, which must be
 * different for each machine.
 *
 * @param sinceMs - when it was made, in milliseconds since the epoch
 */
export function machineInput(
  spec: VirtualMachineSpec,
  identity: string,
  sinceMs: number,
): MachineInput & { metadata: { generation: number } } {
  const { namespace, name, labels, annotations, guest } = spec;
  const memory = spec.memory ?? '2Gi';
  const cpu = spec.cpu ?? { sockets: 1, cores: 2, threads: 1 };
  return {
    metadata: {
      name,
      namespace,
      uid: uuidOf(`${identity}/VirtualMachine`),
      creationTimestamp: kubernetesTime(sinceMs),
      generation: 1,
      labels: { app: name, ...labels },
      annotations,
    },
    spec: {
      runStrategy: spec.runStrategy ?? 'Always',
      template: {
        metadata: {
          labels: { app: name, ...labels },
          ...(guest && { annotations: { [GUEST_ANNOTATION]: guest } }),
        },
        spec: {
          architecture: 'amd64',
          domain: {
            cpu: { model: 'Skylake-Server', ...cpu },
            devices: {
              disks: [{ disk: { bus: 'virtio' }, name: 'disk0' }],
              interfaces: [{ masquerade: {}, name: 'default' }],
            },
            firmware: { uuid: uuidOf(`${identity}/firmware`) },
            machine: { type: 'q35' },
            memory: { guest: memory },
            resources: { requests: { memory } },
          },
          evictionStrategy: 'LiveMigrate',
          networks: [{ name: 'default', pod: {} }],
          terminationGracePeriodSeconds: 180,
          volumes: [
            { name: 'disk0', persistentVolumeClaim: { claimName: name } },
          ],
        },
      },
    },
  };
}
