import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  FILTER_KEYS,
  FILTER_TIMES,
  matchesFilter,
  matchesVirtualMachine,
  type FilterExpression,
  type Migration,
  type VirtualMachine,
} from 'backstage-plugin-vm-migrations-common';
import { describeEachDatabase } from '../../__testUtils__/databases';
import {
  batchOf,
  instanceObservation,
  machineObservation,
  migrationObservation,
  timeAt,
} from '../../__testUtils__/observations';
import type { Observation } from '../../kubevirt/types';
import { ClusterStore } from '../ClusterStore';
import { DatabaseMigrationReader } from '../DatabaseMigrationReader';
import { MigrationWriter } from '../MigrationWriter';
import { readSites } from '../sites';

/* Few different values, so that a random filter often finds something. */
const CLUSTERS = ['alpha', 'beta', 'Gamma'];
const NAMESPACES = ['shop', 'shop-test', 'sh_p'];
const NAMES = ['web', 'web-1', 'we%b', 'db[1]', 'Öl'];
const NODES = ['node-1', 'node-2', 'node?'];
const PHASES = ['', 'Pending', 'Running', 'Succeeded', 'Failed'];
const SITES = ['kista', 'lulea'];
const UIDS = Array.from({ length: 24 }, (_, index) => `uid-${index}`);

const namesOf: Record<(typeof FILTER_KEYS)[number], string[]> = {
  id: [...UIDS, 'uid-3@beta'],
  outcome: ['active', 'succeeded', 'failed', 'cancelled', 'unknown'],
  phase: PHASES,
  kind: ['in-cluster', 'cross-cluster', 'cross-namespace'],
  cluster: CLUSTERS,
  datacenter: SITES,
  namespace: NAMESPACES,
  vm: NAMES,
  node: NODES,
  migration: UIDS.map(uid => `migration-${uid}`),
  status: ['Running', 'Stopped'],
};

const anyPattern = (values: string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...values) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...values), fc.nat(6), fc.nat(6))
        .map(([value, start, end]) =>
          [value.slice(0, start), value.slice(start + end)].join('*'),
        ),
    },
    fc.constantFrom('', '*', '**', '*-*', 'W*', 'a\u0000', 'no such'),
  );

const anyTime = fc.integer({ min: -2, max: 40 }).map(timeAt);

const { expression: anyExpression } = fc.letrec<{
  expression: FilterExpression;
}>(tie => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...FILTER_KEYS).chain(key =>
      fc.record({
        type: fc.constant('term' as const),
        key: fc.constant(key),
        values: fc.array(anyPattern(namesOf[key]), { maxLength: 3 }),
      }),
    ),
    fc.record(
      {
        type: fc.constant('time' as const),
        time: fc.constantFrom(...FILTER_TIMES),
        from: anyTime,
        to: anyTime,
      },
      { requiredKeys: ['type', 'time'] },
    ),
    fc.record({
      type: fc.constant('direction' as const),
      direction: fc.constantFrom('incoming', 'outgoing', 'internal'),
      of: fc.oneof(
        fc.record({ cluster: fc.constantFrom(...CLUSTERS, '') }),
        fc.record({ datacenter: fc.constantFrom(...SITES, '*') }),
      ),
    }),
    fc.record({
      type: fc.constant('text' as const),
      text: fc.constantFrom(
        '',
        'WEB',
        'öl',
        '_',
        '%',
        '[',
        'node',
        'Disk is FULL',
        'a\u0000',
      ),
    }),
    fc.record({
      type: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('expression'), { maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('not' as const),
      operand: tie('expression'),
    }),
  ),
}));

/** One VM after another, each different in some way from the one before. */
function observations(): Observation[] {
  const pick = <Value>(values: Value[], index: number) =>
    values[index % values.length];
  return UIDS.flatMap((uid, index): Observation[] => {
    const cluster = pick(CLUSTERS, index);
    const namespace = pick(NAMESPACES, Math.floor(index / 2));
    const name = pick(NAMES, index);
    const phase = pick(PHASES, index);
    const final = phase === 'Succeeded' || phase === 'Failed';
    const role = pick(['local', 'source', 'target'] as const, index % 7);
    const identity = { cluster, namespace, version: index + 1 };
    return [
      migrationObservation({
        uid,
        ...identity,
        name: `migration-${uid}`,
        facts: {
          vmiName: name,
          phase: phase || undefined,
          role,
          // Every second source finds its target.
          migrationID:
            role === 'local' ? undefined : `pair-${Math.floor(index / 4)}`,
          createdAt: timeAt(index),
          startedAt: index % 3 ? timeAt(index + 2) : undefined,
          endedAt: final ? timeAt(index + 9) : undefined,
          sourceNode: index % 4 ? pick(NODES, index) : undefined,
          targetNode: index % 5 ? pick(NODES, index + 1) : undefined,
          failureReason: index % 6 === 4 ? 'The disk is full' : undefined,
          cancelRequested: index % 10 === 4 || undefined,
        },
      }),
      instanceObservation({
        ...identity,
        name,
        instance: {
          instanceUid: `instance-${index}`,
          phase: index % 2 ? 'Running' : undefined,
          node: index % 3 ? pick(NODES, index) : undefined,
          ipAddresses: [],
          labels: {},
          createdAt: index % 4 ? timeAt(index) : undefined,
        },
      }),
      ...(index % 2
        ? [
            machineObservation({
              ...identity,
              name,
              machine: {
                uid: `machine-${index}`,
                status: pick(['Running', 'Stopped', undefined], index),
                labels: {},
              },
            }),
          ]
        : []),
    ];
  });
}

describeEachDatabase('A filter in SQL', (createDatabase, id) => {
  const numRuns = id === 'SQLITE_3' ? 600 : 300;
  let knex: Knex;
  let reader: DatabaseMigrationReader;
  let migrations: Migration[];
  let machines: VirtualMachine[];

  beforeAll(async () => {
    knex = await createDatabase();
    reader = new DatabaseMigrationReader(knex);
    await new ClusterStore(knex).saveClusters(
      CLUSTERS.map(name => ({ name })),
      [
        { id: 'kista', title: 'Kista', clusters: ['alpha', 'Gamma'] },
        { id: 'lulea', title: 'Luleå', clusters: ['beta'] },
      ],
    );
    const writer = new MigrationWriter(knex);
    await writer.apply(batchOf({ observations: observations() }));
    await writer.apply(
      batchOf({
        observations: [
          // A uid that another cluster has had.
          migrationObservation({ uid: 'uid-3', cluster: 'beta', version: 30 }),
          // Gone before its end was seen.
          migrationObservation({
            uid: 'uid-1',
            cluster: 'beta',
            version: 30,
            deleted: true,
          }),
        ],
      }),
    );
    migrations = (
      await reader.listMigrations({
        order: { field: 'created', direction: 'asc' },
        limit: 1_000,
      })
    ).items;
    machines = (await reader.listVirtualMachines({ limit: 1_000 })).items;
  });

  it('has something of everything to find', () => {
    expect(new Set(migrations.map(({ kind }) => kind)).size).toBeGreaterThan(1);
    expect(
      new Set(migrations.map(({ outcome }) => outcome)).size,
    ).toBeGreaterThan(3);
    expect(migrations.some(({ legs }) => legs.length === 2)).toBe(true);
    expect(machines.length).toBeGreaterThan(10);
  });

  it('finds the migrations that the predicate lets through', async () => {
    const sites = await readSites(knex);
    await fc.assert(
      fc.asyncProperty(anyExpression, async filter => {
        const { items, totalItems } = await reader.listMigrations({
          filter,
          order: { field: 'created', direction: 'asc' },
          limit: 1_000,
        });
        const expected = migrations.filter(migration =>
          matchesFilter(filter, migration, sites),
        );
        expect(items.map(item => item.id)).toEqual(
          expected.map(item => item.id),
        );
        expect(totalItems).toBe(expected.length);
      }),
      { numRuns },
    );
  }, 60_000);

  it('finds the virtual machines that the predicate lets through', async () => {
    const sites = await readSites(knex);
    await fc.assert(
      fc.asyncProperty(anyExpression, async filter => {
        const { items, totalItems } = await reader.listVirtualMachines({
          filter,
          limit: 1_000,
        });
        const expected = machines.filter(machine =>
          matchesVirtualMachine(filter, machine, sites),
        );
        expect(items.map(item => item.name)).toEqual(
          expected.map(item => item.name),
        );
        expect(totalItems).toBe(expected.length);
      }),
      { numRuns },
    );
  }, 60_000);
});
