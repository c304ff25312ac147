import type { Knex } from 'knex';
import {
  FILTER_TIMES,
  type FilterExpression,
} from 'backstage-plugin-vm-migrations-common';
import { describeEachDatabase } from '../../__testUtils__/databases';
import { instanceObservation } from '../../__testUtils__/observations';
import {
  tablesScannedBy,
  type ExecutedQuery,
} from '../../__testUtils__/tablesScannedBy';
import { NOT_KNOWN } from '../columns';
import { ClusterStore } from '../ClusterStore';
import { formatPosition } from './position';
import { findMigrations, getMigration } from './getMigration';
import { listChanges } from './listChanges';
import { listMigrations } from './listMigrations';
import { getVirtualMachine, listVirtualMachines } from './listVirtualMachines';
import { readHead } from '../changeFeed';
import { mergeInstanceFacts } from '../instanceFacts';
import { LegSet } from '../LegSet';
import { MachineSet } from '../MachineSet';
import type { Order } from '../types';

/** For one request on two busy cores; reading a table of so many records takes longer. */
const MAX_MS = 1_500;

const NOT_ENDED = 50;

/** A year of moves, most of which went well, one every few minutes. */
async function fill(knex: Knex, rows: number): Promise<void> {
  await new ClusterStore(knex).saveClusters(
    Array.from({ length: 20 }, (_, index) => ({ name: `cluster-${index}` })),
    [{ id: 'kista', title: 'Kista', clusters: ['cluster-3', 'cluster-4'] }],
  );
  const insert = (table: string, values: string[], bindings: {} = {}) =>
    knex.raw(
      `insert into ${table}
       with recursive numbers(n) as (
         select cast(1 as bigint) union all
         select n + 1 from numbers where n < ${rows}
       )
       select ${values.join(', ')} from numbers`,
      bindings,
    );
  const name = (prefix: string, number: string) =>
    `'${prefix}-' || cast(${number} as text)`;
  const unless = (unlikely: string, then: string, otherwise: string) =>
    `case when ${unlikely} then ${then} else ${otherwise} end`;
  const active = `n > ${rows - NOT_ENDED}`;
  const created = '1700000000000 + n * 300000';
  await insert(
    'migrations',
    [
      name('id', 'n'),
      unless(
        active,
        `'active'`,
        unless('n % 50 = 0', `'failed'`, `'succeeded'`),
      ),
      unless(
        active,
        `'Running'`,
        unless('n % 50 = 0', `'Failed'`, `'Succeeded'`),
      ),
      unless('n % 40 = 0', `'cross-cluster'`, `'in-cluster'`),
      name('vm', 'n % 5000'),
      name('cluster', 'n % 20'),
      name('namespace', 'n % 300'),
      name('node', 'n % 400'),
      name('cluster', unless('n % 40 = 0', '(n + 1) % 20', 'n % 20')),
      name('namespace', 'n % 300'),
      name('node', '(n * 7) % 400'),
      created,
      `${created} + 5000`,
      unless(active, `${NOT_KNOWN}`, `${created} + 60000`),
      unless(active, `${NOT_KNOWN}`, '60000 + n * 7919 % 100000'),
      `${created} + 60000`,
      'n',
      '1',
      name('vm', 'n % 5000'),
      'cast(:data as text)',
    ],
    {
      data: JSON.stringify({
        source: {},
        target: {},
        legs: [],
        filler: 'x'.repeat(1_200),
      }),
    },
  );
  await insert('legs', [
    name('uid', 'n'),
    name('cluster', 'n % 20'),
    name('uid', 'n'),
    name('id', 'n'),
    name('namespace', 'n % 300'),
    name('migration', 'n'),
    name('vm', 'n % 5000'),
    `case when n % 40 = 0 then ${name('move', 'n')} end`,
    unless(active, '1', '0'),
    unless(`n > ${rows - 2_000}`, '1', '0'),
    unless(active, name('instance', 'n'), 'null'),
    `'{}'`,
  ]);
  await insert('migration_merges', [
    name('merged', 'n'),
    name('id', 'n'),
    `n + ${rows}`,
  ]);
  await insert('virtual_machines', [
    `${name('cluster', 'n % 20')} || ${name('/namespace', 'n')} || '/web'`,
    name('cluster', 'n % 20'),
    name('namespace', 'n % 300'),
    name('vm', 'n'),
    `'{}'`,
    '1',
    `'{}'`,
    '1',
    `'[]'`,
    unless('n % 100 = 0', `'Stopped'`, `'Running'`),
    unless('n % 100 = 0', `''`, `'Running'`),
    name('node', 'n % 400'),
    '0',
    '0',
    name('vm', 'n'),
    '0',
    `n + ${2 * rows}`,
  ]);
  await knex('feed').update({ position: 3 * rows });
  await knex.raw('analyze');
}

const term = (
  key: Extract<FilterExpression, { type: 'term' }>['key'],
  ...values: string[]
): FilterExpression => ({ type: 'term', key, values });

const FILTERS: Record<string, FilterExpression> = {
  active: term('outcome', 'active'),
  failed: term('outcome', 'failed', 'timed-out'),
  phase: term('phase', 'Running'),
  kind: term('kind', 'cross-cluster'),
  cluster: term('cluster', 'cluster-7'),
  datacenter: term('datacenter', 'kista'),
  namespace: term('namespace', 'namespace-7'),
  node: term('node', 'node-7'),
  vm: term('vm', 'vm-77'),
  'vm by its beginning': term('vm', 'vm-77*'),
  id: term('id', 'uid-4711'),
  migration: term('migration', 'migration-4711'),
  direction: {
    type: 'direction',
    direction: 'incoming',
    of: { datacenter: 'kista' },
  },
  'several at once': {
    type: 'and',
    operands: [
      term('outcome', 'failed'),
      term('cluster', 'cluster-7'),
      { type: 'not', operand: term('namespace', 'namespace-7') },
    ],
  },
  ...Object.fromEntries(
    FILTER_TIMES.map(time => [
      `time ${time}`,
      {
        type: 'time',
        time,
        from: new Date(1_710_000_000_000).toISOString(),
        to: new Date(1_710_090_000_000).toISOString(),
      } satisfies FilterExpression,
    ]),
  ),
};

const BY_CREATION: Order = { field: 'created', direction: 'desc' };

describeEachDatabase('Indexes', (createDatabase, id) => {
  const rows = id === 'SQLITE_3' ? 20_000 : 100_000;
  let knex: Knex;

  beforeAll(async () => {
    knex = await createDatabase();
    await fill(knex, rows);
  }, 180_000);

  /** Runs a request and returns the tables that it reads from end to end, except to count. */
  async function scannedBy(request: () => Promise<unknown>): Promise<string[]> {
    const queries: ExecutedQuery[] = [];
    const listener = (query: ExecutedQuery) => queries.push(query);
    knex.on('query', listener);
    const start = performance.now();
    await request();
    const elapsed = performance.now() - start;
    knex.removeListener('query', listener);
    expect(elapsed).toBeLessThan(MAX_MS);

    const scanned: string[] = [];
    for (const query of queries) {
      if (!/count\(|^(begin|commit)/i.test(query.sql)) {
        scanned.push(...(await tablesScannedBy(knex, query)));
      }
    }
    return scanned.filter(
      table => !['feed', 'clusters', 'datacenters'].includes(table),
    );
  }

  it.each(Object.keys(FILTERS))('serve the filter: %s', async name => {
    expect(
      await scannedBy(() =>
        listMigrations(knex, {
          filter: FILTERS[name],
          order: BY_CREATION,
          limit: 50,
        }),
      ),
    ).toEqual([]);
  });

  it.each(
    (
      ['created', 'started', 'ended', 'updated', 'duration', 'vm'] as const
    ).flatMap(field =>
      (['asc', 'desc'] as const).map(direction => ({ field, direction })),
    ),
  )('serve the order $field $direction, also on later pages', async order => {
    expect(
      await scannedBy(async () => {
        const first = await listMigrations(knex, { order, limit: 50 });
        await listMigrations(knex, {
          order,
          limit: 50,
          cursor: first.pageInfo.nextCursor,
        });
      }),
    ).toEqual([]);
  });

  it('serve the look-up of single migrations', async () => {
    expect(await scannedBy(() => getMigration(knex, 'uid-4711'))).toEqual([]);
    expect(
      await scannedBy(() => findMigrations(knex, { name: 'migration-4711' })),
    ).toEqual([]);
  });

  it('serve the look-up of legs that wait for an instance', async () => {
    expect(
      await scannedBy(() =>
        knex.transaction(async trx => {
          const sets = { legs: new LegSet(trx), machines: new MachineSet(trx) };
          await mergeInstanceFacts(trx, sets, [instanceObservation()]);
        }),
      ),
    ).toEqual([]);
  });

  it('serve the change feed', async () => {
    const { id: feed } = await readHead(knex);
    expect(
      await scannedBy(() =>
        listChanges(knex, {
          since: formatPosition({ id: feed, position: 2 * rows - 100 }),
          limit: 100,
          visible: {
            migrations: undefined,
            virtualMachines: undefined,
            clusters: false,
          },
        }),
      ),
    ).toEqual([]);
  });

  it.each<[string, FilterExpression | undefined, boolean]>([
    ['all', undefined, false],
    ['those that move', undefined, true],
    ['cluster', term('cluster', 'cluster-7'), false],
    ['namespace', term('namespace', 'namespace-7'), false],
    ['node', term('node', 'node-7'), false],
    ['name', term('vm', 'vm-4711'), false],
    ['status', term('status', 'Stopped'), false],
  ])('serve virtual machines: %s', async (_, filter, migrating) => {
    expect(
      await scannedBy(() =>
        listVirtualMachines(knex, { filter, migrating, limit: 50 }),
      ),
    ).toEqual([]);
  });

  it('serve the look-up of a virtual machine', async () => {
    expect(
      await scannedBy(() =>
        getVirtualMachine(knex, {
          cluster: 'cluster-7',
          namespace: 'namespace-7',
          name: 'vm-7',
        }),
      ),
    ).toEqual([]);
  });
});
