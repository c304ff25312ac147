import type {
  Migration,
  MigrationLeg,
  MigrationList,
} from 'backstage-plugin-vm-migrations-common';

/** A leg of a move inside kista-1, unless told otherwise. */
export function leg(overrides: Partial<MigrationLeg> = {}): MigrationLeg {
  return {
    cluster: 'kista-1',
    uid: 'leg-1',
    name: 'kubevirt-evacuation-abcde',
    namespace: 'shop',
    vmiName: 'web-1',
    role: 'local',
    phase: 'Running',
    outcome: 'active',
    createdAt: '2026-03-04T10:00:00.000Z',
    deleted: false,
    conditions: [],
    ...overrides,
  };
}

/** A running move inside kista-1, unless told otherwise. */
export function migration(overrides: Partial<Migration> = {}): Migration {
  return {
    id: 'leg-1',
    vm: { name: 'web-1', namespace: 'shop' },
    kind: 'in-cluster',
    phase: 'Running',
    outcome: 'active',
    source: { cluster: 'kista-1', datacenter: 'kista', node: 'worker-1' },
    target: { cluster: 'kista-1', datacenter: 'kista', node: 'worker-2' },
    createdAt: '2026-03-04T10:00:00.000Z',
    transitions: [],
    labels: {},
    legs: [leg()],
    observedAt: '2026-03-04T10:00:01.000Z',
    updatedAt: '2026-03-04T10:00:01.000Z',
    revision: 1,
    ...overrides,
  };
}

/** A move that succeeded after 31 s, unless told otherwise. */
export function endedMigration(overrides: Partial<Migration> = {}): Migration {
  return migration({
    phase: 'Succeeded',
    outcome: 'succeeded',
    endedAt: '2026-03-04T10:00:31.000Z',
    durationMs: 31_000,
    ...overrides,
  });
}

/** A page of a list; without a cursor it is the last one. */
export function page(
  items: Migration[],
  overrides: Partial<MigrationList> = {},
): MigrationList {
  return {
    items,
    totalItems: items.length,
    pageInfo: {},
    position: '1',
    ...overrides,
  };
}
