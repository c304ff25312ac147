import type { Knex } from 'knex';
import {
  clusterSchema,
  datacenterSchema,
  migrationListSchema,
  virtualMachineListSchema,
  type ResourceHealth,
} from 'backstage-plugin-vm-migrations-common';
import { describeEachDatabase } from '../__testUtils__/databases';
import {
  batchOf,
  instanceObservation,
  machineObservation,
  migrationObservation,
  timeAt,
} from '../__testUtils__/observations';
import { WATCHED_RESOURCES } from '../kubevirt/resources';
import type { Observation } from '../kubevirt/types';
import { ClusterStore } from './ClusterStore';
import { DatabaseMigrationReader } from './DatabaseMigrationReader';
import { MigrationWriter } from './MigrationWriter';

const ALL = { migrations: undefined, virtualMachines: undefined } as const;

function watching(since: string): ResourceHealth[] {
  return WATCHED_RESOURCES.map(({ plural }) => ({
    resource: plural,
    phase: 'watching',
    since,
    resourceVersion: '1',
    lastEventAt: since,
    consecutiveFailures: 0,
  }));
}

describeEachDatabase('DatabaseMigrationReader', createDatabase => {
  let knex: Knex;
  let reader: DatabaseMigrationReader;
  let clusters: ClusterStore;

  const observe = (...observations: Observation[]) =>
    new MigrationWriter(knex).apply(batchOf({ observations }));

  beforeEach(async () => {
    knex = await createDatabase();
    reader = new DatabaseMigrationReader(knex);
    clusters = new ClusterStore(knex);
    await clusters.saveClusters(
      [{ name: 'alpha', title: 'Alpha' }, { name: 'beta' }, { name: 'gamma' }],
      [
        {
          id: 'kista',
          title: 'Kista',
          coordinates: { latitude: 59.4, longitude: 17.9 },
          clusters: ['alpha', 'beta'],
        },
        { id: 'lulea', title: 'Luleå', clusters: ['gamma'] },
      ],
    );
  });

  const pair = [
    migrationObservation({
      uid: 's1',
      facts: { role: 'source', migrationID: 'move', phase: 'Running' },
    }),
    migrationObservation({
      uid: 't1',
      cluster: 'gamma',
      namespace: 'shop-2',
      facts: { role: 'target', migrationID: 'move', phase: 'Running' },
    }),
  ];

  it('names the site of either end', async () => {
    await observe(...pair);

    expect(await reader.getMigration('s1')).toMatchObject({
      source: { cluster: 'alpha', datacenter: 'kista' },
      target: { cluster: 'gamma', datacenter: 'lulea' },
    });
  });

  it('lets the history move along when a cluster goes to another site', async () => {
    await observe(...pair);
    await clusters.saveClusters(
      [{ name: 'alpha' }],
      [{ id: 'solna', title: 'Solna', clusters: ['alpha'] }],
    );

    expect(await reader.getMigration('s1')).toMatchObject({
      source: { datacenter: 'solna' },
      target: { datacenter: 'lulea' },
    });
    expect(
      await reader.listMigrations({
        filter: { type: 'term', key: 'datacenter', values: ['sol*'] },
        order: { field: 'created', direction: 'desc' },
        limit: 10,
      }),
    ).toMatchObject({ totalItems: 1 });
  });

  it('finds migrations by the name of an object, newest first', async () => {
    const named = (uid: string, namespace: string, cluster = 'alpha') =>
      migrationObservation({
        uid,
        cluster,
        namespace,
        name: 'nightly',
        facts: { createdAt: timeAt(Number(uid)) },
      });
    await observe(
      named('1', 'shop'),
      named('2', 'shop'),
      named('3', 'other'),
      named('4', 'shop', 'beta'),
    );
    const find = async (reference: { cluster?: string; namespace?: string }) =>
      (await reader.findMigrations({ name: 'nightly', ...reference })).map(
        ({ id }) => id,
      );

    expect(await find({})).toEqual(['4', '3', '2', '1']);
    expect(await find({ namespace: 'shop' })).toEqual(['4', '2', '1']);
    expect(await find({ cluster: 'alpha', namespace: 'shop' })).toEqual([
      '2',
      '1',
    ]);
    expect(await reader.findMigrations({ name: 'no such' })).toEqual([]);
  });

  describe('virtual machines', () => {
    it('are made of both of their objects', async () => {
      await observe(
        machineObservation({
          machine: {
            uid: 'machine-1',
            status: 'Running',
            runStrategy: 'Always',
            ready: true,
            labels: { of: 'machine' },
            createdAt: timeAt(1),
            memoryBytes: 1,
          },
        }),
        instanceObservation({
          instance: {
            instanceUid: 'instance-1',
            phase: 'Running',
            node: 'node-1',
            ipAddresses: ['10.0.0.1'],
            labels: { of: 'instance' },
            createdAt: timeAt(2),
            memoryBytes: 2,
          },
        }),
      );

      expect(
        await reader.getVirtualMachine({
          cluster: 'alpha',
          namespace: 'shop',
          name: 'web',
        }),
      ).toMatchObject({
        datacenter: 'kista',
        uid: 'machine-1',
        instanceUid: 'instance-1',
        status: 'Running',
        phase: 'Running',
        node: 'node-1',
        labels: { of: 'machine' },
        createdAt: timeAt(1),
        memoryBytes: 2,
        deleted: false,
      });
    });

    it('that have no VirtualMachine are there too', async () => {
      await observe(
        instanceObservation({
          instance: {
            vmUid: 'machine-1',
            ipAddresses: [],
            labels: { of: 'instance' },
          },
        }),
      );

      expect((await reader.listVirtualMachines({ limit: 10 })).items).toEqual([
        expect.objectContaining({
          uid: 'machine-1',
          labels: { of: 'instance' },
        }),
      ]);
    });

    it('show the move under way on both of its ends, until it ends', async () => {
      await observe(
        ...pair,
        instanceObservation(),
        instanceObservation({ cluster: 'gamma', namespace: 'shop-2' }),
        instanceObservation({ name: 'db' }),
      );
      const moving = async () =>
        (
          await reader.listVirtualMachines({ limit: 10, migrating: true })
        ).items.map(({ cluster, name, migration }) => [
          cluster,
          name,
          migration?.id,
        ]);

      expect(await moving()).toEqual([
        ['alpha', 'web', 's1'],
        ['gamma', 'web', 's1'],
      ]);

      // The target decides; that the source says nothing more does not matter.
      await observe(
        migrationObservation({
          uid: 't1',
          cluster: 'gamma',
          namespace: 'shop-2',
          version: 2,
          facts: { role: 'target', migrationID: 'move', phase: 'Succeeded' },
        }),
      );
      expect(await moving()).toEqual([]);
    });

    it('come in pages by cluster, namespace and name', async () => {
      await observe(
        ...['b', 'a', 'c'].map(name => instanceObservation({ name })),
        instanceObservation({ cluster: 'beta', name: 'a' }),
        instanceObservation({ namespace: 'aaa', name: 'z' }),
      );
      const names: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await reader.listVirtualMachines({ limit: 2, cursor });
        names.push(
          ...page.items.map(
            ({ cluster, namespace, name }) => `${cluster}/${namespace}/${name}`,
          ),
        );
        expect(page.totalItems).toBe(5);
        cursor = page.pageInfo.nextCursor;
      } while (cursor);

      expect(names).toEqual([
        'alpha/aaa/z',
        'alpha/shop/a',
        'alpha/shop/b',
        'alpha/shop/c',
        'beta/shop/a',
      ]);
      await expect(
        reader.listVirtualMachines({ limit: 2, cursor: 'nonsense' }),
      ).rejects.toThrow("Parameter 'cursor'");
    });
  });

  it('counts the moves of a site as seen from there', async () => {
    await observe(
      ...pair,
      migrationObservation({ uid: 'm1', facts: { vmiName: 'db' } }),
      migrationObservation({
        uid: 'm2',
        facts: { vmiName: 'old', phase: 'Succeeded' },
      }),
      instanceObservation(),
      instanceObservation({ cluster: 'beta' }),
    );

    expect(await reader.listDatacenters(ALL)).toEqual([
      {
        id: 'kista',
        title: 'Kista',
        coordinates: { latitude: 59.4, longitude: 17.9 },
        clusters: ['alpha', 'beta'],
        virtualMachines: 2,
        migrations: { incoming: 0, outgoing: 1, internal: 1 },
      },
      {
        id: 'lulea',
        title: 'Luleå',
        clusters: ['gamma'],
        virtualMachines: 0,
        migrations: { incoming: 1, outgoing: 0, internal: 0 },
      },
    ]);
    expect(
      await reader.listDatacenters({
        migrations: false,
        virtualMachines: { type: 'term', key: 'cluster', values: ['beta'] },
      }),
    ).toMatchObject([
      {
        virtualMachines: 1,
        migrations: { incoming: 0, outgoing: 0, internal: 0 },
      },
      { virtualMachines: 0 },
    ]);
  });

  it('totals what the caller may see', async () => {
    const ended = (uid: string, phase: string, seconds: number) =>
      migrationObservation({
        uid,
        facts: { phase, endedAt: timeAt(seconds), vmiName: uid },
      });
    await observe(
      ended('m1', 'Succeeded', 100),
      ended('m2', 'Succeeded', -100_000),
      ended('m3', 'Failed', 100),
      migrationObservation({ uid: 'm4' }),
      machineObservation(),
      instanceObservation(),
      machineObservation({ name: 'off' }),
      machineObservation({ name: 'gone', version: 1 }),
      machineObservation({ name: 'gone', version: 2, deleted: true }),
    );
    await clusters.saveHealth('alpha', watching(timeAt(1)));
    const { position } = await reader.listMigrations({
      order: { field: 'created', direction: 'asc' },
      limit: 1,
    });

    expect(await reader.getStatus({ visible: ALL, now: timeAt(200) })).toEqual({
      datacenters: 2,
      clusters: { total: 3, live: 1, blind: 0 },
      virtualMachines: { total: 2, running: 1, stopped: 1 },
      migrations: {
        total: 4,
        active: 1,
        succeededLast24h: 1,
        failedLast24h: 1,
      },
      position,
    });
    expect(
      await reader.getStatus({
        visible: { migrations: false, virtualMachines: false },
        now: timeAt(200),
      }),
    ).toMatchObject({
      virtualMachines: { total: 0 },
      migrations: { total: 0, active: 0 },
    });
  });

  it('answers in the form that the model promises', async () => {
    await observe(...pair, machineObservation(), instanceObservation());
    await clusters.saveHealth('alpha', watching(timeAt(1)));

    migrationListSchema.parse(
      await reader.listMigrations({
        order: { field: 'created', direction: 'desc' },
        limit: 10,
      }),
    );
    virtualMachineListSchema.parse(
      await reader.listVirtualMachines({ limit: 10 }),
    );
    clusterSchema.array().parse(await reader.listClusters());
    datacenterSchema.array().parse(await reader.listDatacenters(ALL));
    expect(await reader.listClusters()).toMatchObject([
      {
        name: 'alpha',
        title: 'Alpha',
        state: 'live',
        virtualMachines: 1,
        activeMigrations: 1,
      },
      { name: 'beta', state: 'connecting', activeMigrations: 0 },
      { name: 'gamma', activeMigrations: 1 },
    ]);
  });
});
