import type { VirtualMachine } from 'backstage-plugin-vm-migrations-common';
import type { InstancePart, VirtualMachinePart } from '../kubevirt/types';
import type { Whereabouts } from '../tracking';
import {
  isoTimeOf,
  nameColumn,
  parseJson,
  searchColumn,
  timeColumn,
} from './columns';
import type { Sites } from './migrationRow';
import type { VirtualMachineRow } from './rows';

export interface VirtualMachineReference {
  cluster: string;
  namespace: string;
  name: string;
}

/** Key of a virtual machine; neither namespace nor name can hold a slash. */
export function virtualMachineId(reference: VirtualMachineReference): string {
  return `${reference.cluster}/${reference.namespace}/${reference.name}`;
}

/** One of the two objects that tell of a virtual machine, as JSON; null if there is none. */
export interface StoredPart {
  json: string | null;
  version: number;
}

/** What is stored of a virtual machine. */
export interface StoredMachine extends VirtualMachineReference {
  machine: StoredPart;
  instance: StoredPart;
  /** Of the instance, oldest first; kept when it is gone. */
  whereabouts: Whereabouts[];
}

export function storedMachineOf(row: VirtualMachineRow): StoredMachine {
  const { cluster, namespace, name } = row;
  return {
    cluster,
    namespace,
    name,
    machine: { json: row.machine, version: Number(row.machine_version) },
    instance: { json: row.instance, version: Number(row.instance_version) },
    whereabouts: parseJson(row.whereabouts),
  };
}

/** `updatedAt` is in milliseconds. */
export function virtualMachineRowOf(
  stored: StoredMachine,
  updatedAt: number,
  position: number,
): VirtualMachineRow {
  const { cluster, namespace, name } = stored;
  const { machine, instance } = partsOf(
    stored.machine.json,
    stored.instance.json,
  );
  return {
    id: virtualMachineId(stored),
    cluster,
    namespace,
    name,
    machine: stored.machine.json,
    machine_version: stored.machine.version,
    instance: stored.instance.json,
    instance_version: stored.instance.version,
    whereabouts: JSON.stringify(stored.whereabouts),
    status: nameColumn(machine?.status),
    phase: nameColumn(instance?.phase),
    node: nameColumn(instance?.node),
    created_at: timeColumn(machine?.createdAt ?? instance?.createdAt),
    updated_at: updatedAt,
    search: searchColumn([name, namespace, cluster, instance?.node]),
    deleted: machine || instance ? 0 : 1,
    position,
  };
}

/**
 * A stored virtual machine as the API shows it. What only the running instance knows comes
 * from the instance; what both tell, as it is running, too; what describes the machine as
 * such, from the VirtualMachine if there is one.
 */
export function virtualMachineOf(
  row: VirtualMachineRow,
  sites: Sites,
  migration: VirtualMachine['migration'],
): VirtualMachine {
  const { machine, instance } = partsOf(row.machine, row.instance);
  return {
    cluster: row.cluster,
    datacenter: sites.siteOf(row.cluster),
    namespace: row.namespace,
    name: row.name,
    uid: machine?.uid ?? instance?.vmUid,
    instanceUid: instance?.instanceUid,
    status: machine?.status,
    phase: instance?.phase,
    runStrategy: machine?.runStrategy,
    ready: machine?.ready ?? instance?.ready,
    node: instance?.node,
    ipAddresses: instance?.ipAddresses ?? [],
    cpu: instance?.cpu ?? machine?.cpu,
    memoryBytes: instance?.memoryBytes ?? machine?.memoryBytes,
    guestOs: instance?.guestOs,
    liveMigratable: instance?.liveMigratable,
    labels: machine?.labels ?? instance?.labels ?? {},
    createdAt: machine?.createdAt ?? instance?.createdAt,
    migration,
    deleted: row.deleted === 1,
    updatedAt: isoTimeOf(row.updated_at),
    revision: Number(row.position),
  };
}

function partsOf(machine: string | null, instance: string | null) {
  return {
    machine:
      machine === null ? undefined : parseJson<VirtualMachinePart>(machine),
    instance: instance === null ? undefined : parseJson<InstancePart>(instance),
  };
}
