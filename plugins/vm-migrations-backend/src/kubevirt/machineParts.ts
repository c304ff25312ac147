import type { VirtualMachine } from 'backstage-plugin-vm-migrations-common';
import { isoTime } from './isoTime';
import { quantityBytes } from './quantityBytes';
import type {
  Conditions,
  Domain,
  InstanceObject,
  MachineObject,
} from './schemas';
import type { InstancePart, VirtualMachinePart } from './types';

/** What is kept of a VirtualMachine. */
export function virtualMachinePart(object: MachineObject): VirtualMachinePart {
  const { metadata, spec, status } = object;
  const domain = spec?.template?.spec?.domain;
  return {
    uid: metadata.uid,
    status: status?.printableStatus,
    runStrategy: spec?.runStrategy ?? strategyOfRunning(spec?.running),
    ready: status?.ready,
    labels: metadata.labels ?? {},
    createdAt: isoTime(metadata.creationTimestamp),
    cpu: topologyOf(domain?.cpu),
    memoryBytes: memoryOf(domain),
  };
}

/** What is kept of a VirtualMachineInstance. */
export function instancePart(object: InstanceObject): InstancePart {
  const { metadata, spec, status } = object;
  const domain = spec?.domain;
  return {
    instanceUid: metadata.uid,
    vmUid: metadata.ownerReferences?.find(
      owner => owner.kind === 'VirtualMachine',
    )?.uid,
    phase: status?.phase,
    ready: conditionStatus(status?.conditions, 'Ready')?.status,
    node: status?.nodeName,
    ipAddresses: ipAddressesOf(object),
    cpu: topologyOf(status?.currentCPUTopology) ?? topologyOf(domain?.cpu),
    memoryBytes:
      quantityBytes(status?.memory?.guestCurrent) ?? memoryOf(domain),
    guestOs: status?.guestOSInfo?.prettyName ?? status?.guestOSInfo?.name,
    liveMigratable: conditionStatus(status?.conditions, 'LiveMigratable'),
    labels: metadata.labels ?? {},
    createdAt: isoTime(metadata.creationTimestamp),
  };
}

/** `spec.running` is the older form of `spec.runStrategy`. */
function strategyOfRunning(running: boolean | undefined): string | undefined {
  if (running === undefined) {
    return undefined;
  }
  return running ? 'Always' : 'Halted';
}

/**
 * What is not given counts as one. Where nothing is given nothing is known: the machine has
 * its CPUs from an instance type.
 */
function topologyOf(cpu: Domain['cpu']): VirtualMachine['cpu'] {
  const { sockets, cores, threads } = cpu ?? {};
  return (sockets ?? cores ?? threads) === undefined
    ? undefined
    : { sockets: sockets ?? 1, cores: cores ?? 1, threads: threads ?? 1 };
}

function memoryOf(domain: Domain | undefined): number | undefined {
  return (
    quantityBytes(domain?.memory?.guest) ??
    quantityBytes(domain?.resources?.requests?.memory)
  );
}

function ipAddressesOf(object: InstanceObject): string[] {
  const addresses = (object.status?.interfaces ?? []).flatMap(nic => [
    ...(nic.ipAddress ? [nic.ipAddress] : []),
    ...(nic.ipAddresses ?? []),
  ]);
  return [...new Set(addresses)];
}

function conditionStatus(
  conditions: Conditions,
  type: string,
): { status: boolean; reason?: string } | undefined {
  const condition = conditions?.find(candidate => candidate.type === type);
  return (
    condition && {
      status: condition.status === 'True',
      reason: condition.reason,
    }
  );
}
