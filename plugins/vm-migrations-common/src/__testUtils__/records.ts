import type { Migration, VirtualMachine } from '../model';

/** A migration between the clusters kista-1 and solna-1 that has both its halves. */
export function aMigration(differences: Partial<Migration> = {}): Migration {
  return {
    id: 'uid-target',
    vm: { name: 'payments-db-0', namespace: 'payments' },
    kind: 'cross-cluster',
    phase: 'Succeeded',
    outcome: 'succeeded',
    source: {
      cluster: 'kista-1',
      datacenter: 'kista',
      namespace: 'payments',
      node: 'worker-04',
    },
    target: {
      cluster: 'solna-1',
      datacenter: 'solna',
      namespace: 'payments-new',
      node: 'worker-02',
    },
    createdAt: '2026-03-04T10:15:00.000Z',
    startedAt: '2026-03-04T10:16:00.000Z',
    endedAt: '2026-03-04T10:20:00.000Z',
    durationMs: 300_000,
    transitions: [],
    labels: {},
    legs: [
      {
        cluster: 'kista-1',
        uid: 'uid-source',
        name: 'forklift-abc',
        namespace: 'payments',
        vmiName: 'payments-db-0',
        role: 'source',
        phase: 'Succeeded',
        outcome: 'succeeded',
        createdAt: '2026-03-04T10:15:00.000Z',
        deleted: false,
        conditions: [],
      },
    ],
    observedAt: '2026-03-04T10:15:00.100Z',
    updatedAt: '2026-03-04T10:20:00.100Z',
    revision: 7,
    ...differences,
  };
}

/** A running virtual machine in the cluster kista-1. */
export function aVirtualMachine(
  differences: Partial<VirtualMachine> = {},
): VirtualMachine {
  return {
    cluster: 'kista-1',
    datacenter: 'kista',
    namespace: 'payments',
    name: 'payments-db-0',
    status: 'Running',
    phase: 'Running',
    node: 'worker-04',
    ipAddresses: [],
    labels: {},
    createdAt: '2026-01-01T00:00:00.000Z',
    deleted: false,
    updatedAt: '2026-03-04T10:20:00.100Z',
    revision: 7,
    ...differences,
  };
}
