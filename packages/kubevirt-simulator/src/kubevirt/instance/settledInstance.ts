import { createHash } from 'node:crypto';
import { guestOf, instanceInput, type InstanceInput } from '../machine';
import type { VirtualMachineSpec } from '../machine';
import { uuidOf } from '../identity';
import {
  ANNOTATIONS,
  FINALIZERS,
  INSTANCE_CONDITIONS,
  kubernetesTime,
  LABELS,
  type VirtualMachine,
} from '../objects';
import type { LauncherPod } from '../pods';

/**
 * An instance that has been running for long: everything in place that a start, a guest
 * agent and earlier versions of KubeVirt have left behind.
 *
 * @param identity - as the machine's: uid and addresses come from it
 */
export function settledInstance(
  machine: VirtualMachine,
  spec: VirtualMachineSpec,
  pod: LauncherPod,
  identity: string,
  sinceMs: number,
): InstanceInput {
  const input = instanceInput(machine, false);
  const since = kubernetesTime(sinceMs);
  const node = pod.node ?? '';
  const addresses = addressesOf(identity);
  const condition = {
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: since,
  };
  const { memory = '2Gi', disk = '20Gi' } = spec;
  return {
    ...input,
    metadata: {
      ...input.metadata,
      uid: uuidOf(`${identity}/VirtualMachineInstance`),
      creationTimestamp: since,
      labels: { ...input.metadata.labels, [LABELS.node]: node },
      annotations: {
        ...input.metadata.annotations,
        [ANNOTATIONS.nonRoot]: 'true',
      },
      finalizers: [FINALIZERS.instance],
    },
    status: {
      activePods: { [pod.uid]: node },
      conditions: [
        { type: INSTANCE_CONDITIONS.ready, ...condition },
        { type: INSTANCE_CONDITIONS.liveMigratable, ...condition },
        { type: INSTANCE_CONDITIONS.storageLiveMigratable, ...condition },
        { type: INSTANCE_CONDITIONS.agentConnected, ...condition },
      ],
      currentCPUTopology: spec.cpu ?? { sockets: 1, cores: 2, threads: 1 },
      guestOSInfo: guestOf(machine) ?? {},
      interfaces: [
        {
          infoSource: 'domain, guest-agent',
          ipAddress: addresses.ip,
          ipAddresses: [addresses.ip],
          mac: addresses.mac,
          name: 'default',
          podInterfaceName: 'eth0',
        },
      ],
      launcherContainerImageVersion: 'virt-launcher',
      memory: {
        guestAtBoot: memory,
        guestCurrent: memory,
        guestRequested: memory,
        memoryOverhead: '290Mi',
      },
      migrationMethod: 'LiveMigration',
      migrationTransport: 'Unix',
      nodeName: node,
      phase: 'Running',
      phaseTransitionTimestamps: ['Scheduling', 'Scheduled', 'Running'].map(
        phase => ({ phase, phaseTransitionTimestamp: since }),
      ),
      qosClass: 'Burstable',
      runtimeUser: 107,
      selinuxContext: 'none',
      volumeStatus: [
        {
          name: 'disk0',
          target: 'vda',
          persistentVolumeClaimInfo: {
            claimName: spec.name,
            capacity: { storage: disk },
          },
        },
      ],
    },
  };
}

function addressesOf(identity: string): { ip: string; mac: string } {
  const bytes = [...createHash('sha256').update(identity).digest()];
  const hex = bytes.slice(4, 8).map(byte => byte.toString(16).padStart(2, '0'));
  return {
    ip: `10.${128 + (bytes[0] % 4)}.${bytes[1]}.${2 + (bytes[2] % 252)}`,
    mac: ['02', '00', ...hex].join(':'),
  };
}
