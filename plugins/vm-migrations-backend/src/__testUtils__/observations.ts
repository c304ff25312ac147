import type {
  InstanceObservation,
  LegFacts,
  MigrationObservation,
  VirtualMachineObservation,
} from '../kubevirt/types';
import type { WriteBatch } from '../store';

/** A time so many seconds after an arbitrary start. */
export function timeAt(seconds: number): string {
  return new Date(Date.UTC(2026, 2, 4, 10) + seconds * 1000).toISOString();
}

/** What a migration object says, with sensible values for what a test does not care about. */
export function migrationObservation(
  options: Partial<Omit<MigrationObservation, 'kind' | 'facts'>> & {
    uid: string;
    facts?: LegFacts;
  },
): MigrationObservation {
  const {
    uid,
    cluster = 'alpha',
    namespace = 'shop',
    name = `migration-${uid}`,
    version = 1,
    observedAt = timeAt(version),
    deleted = false,
  } = options;
  return {
    kind: 'migration',
    uid,
    cluster,
    namespace,
    name,
    version,
    observedAt,
    deleted,
    facts: {
      name,
      namespace,
      vmiName: 'web',
      role: 'local',
      createdAt: timeAt(0),
      ...options.facts,
    },
  };
}

export function instanceObservation(
  options: Partial<Omit<InstanceObservation, 'kind'>> = {},
): InstanceObservation {
  const { version = 1 } = options;
  return {
    kind: 'instance',
    cluster: 'alpha',
    namespace: 'shop',
    name: 'web',
    observedAt: timeAt(version),
    deleted: false,
    ...options,
    version,
    instance: {
      instanceUid: 'instance-1',
      phase: 'Running',
      node: 'node-1',
      ipAddresses: [],
      labels: {},
      ...options.instance,
    },
  };
}

export function machineObservation(
  options: Partial<Omit<VirtualMachineObservation, 'kind'>> = {},
): VirtualMachineObservation {
  const { version = 1 } = options;
  return {
    kind: 'virtual-machine',
    cluster: 'alpha',
    namespace: 'shop',
    name: 'web',
    observedAt: timeAt(version),
    deleted: false,
    ...options,
    version,
    machine: {
      uid: 'machine-1',
      status: 'Running',
      labels: {},
      ...options.machine,
    },
  };
}

/** A batch of these parts and nothing else. */
export function batchOf(parts: Partial<WriteBatch>): WriteBatch {
  return {
    observations: [],
    completions: [],
    positions: [],
    fences: new Map(),
    ...parts,
  };
}
