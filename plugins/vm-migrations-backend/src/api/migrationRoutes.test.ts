import type { MigrationList } from 'backstage-plugin-vm-migrations-common';
import { describeEachDatabase } from '../__testUtils__/databases';
import { ManualClock } from '../__testUtils__/ManualClock';
import { migrationObservation, timeAt } from '../__testUtils__/observations';
import { recordScenario, SCENARIO_NOW } from './__testUtils__/scenario';
import { startApi, type TestApi } from './__testUtils__/startApi';

function idsOf({ items }: MigrationList): string[] {
  return items.map(({ id }) => id);
}

function directionsOf({ items }: MigrationList) {
  return Object.fromEntries(items.map(({ id, direction }) => [id, direction]));
}

describeEachDatabase('migrations over HTTP', createDatabase => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi({
      knex: await createDatabase(),
      clock: new ManualClock(SCENARIO_NOW),
    });
    await recordScenario(api);
  });
  afterAll(() => api.stop());

  describe('lists', () => {
    it('hold everything, newest first', async () => {
      const list = await api.client.listMigrations();
      expect(idsOf(list)).toEqual([
        'running',
        'site',
        'pair',
        'half',
        'within',
      ]);
      expect(list).toMatchObject({ totalItems: 5, pageInfo: {} });
      expect(list.items[2]).toMatchObject({
        kind: 'cross-cluster',
        outcome: 'succeeded',
        source: { cluster: 'kista-1', datacenter: 'kista' },
        target: { cluster: 'solna-1', datacenter: 'solna' },
        legs: [{ uid: 'pair' }, { uid: 'pair-target' }],
        durationMs: 90_000,
      });
    });

    it('come page by page, each migration once', async () => {
      const order = { field: 'duration', direction: 'asc' } as const;
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.client.listMigrations({
          order,
          limit: 2,
          cursor,
        });
        expect(page.totalItems).toBe(5);
        seen.push(...idsOf(page));
        cursor = page.pageInfo.nextCursor;
      } while (cursor);
      expect(seen).toEqual(['site', 'half', 'within', 'pair', 'running']);
    });

    it('refuse a cursor with another filter or order', async () => {
      const { pageInfo } = await api.client.listMigrations({ limit: 1 });
      const { nextCursor } = pageInfo;
      for (const other of ['order=vm', 'filter=vm:web']) {
        expect(
          await api.get(`/migrations?${other}&cursor=${nextCursor}`),
        ).toMatchObject({
          status: 400,
          body: { error: { name: 'InputError' } },
        });
      }
    });

    it.each([
      ['outcome:failed,active', ['running', 'site']],
      ['datacenter:solna -vm:web', ['pair']],
      ['direction:incoming@cluster:kista-1', ['site']],
      ['"no room"', ['site']],
      ['(vm:web OR vm:db) outcome:completed', ['pair', 'half', 'within']],
      ['created:-800s..-699s', ['site', 'pair']],
      ['ended:*', ['site', 'pair', 'half', 'within']],
    ])('are narrowed by %s', async (filter, ids) => {
      const list = await api.client.listMigrations({ filter });
      expect(idsOf(list)).toEqual(ids);
      expect(list.totalItems).toBe(ids.length);
    });

    it('are narrowed by time of creation', async () => {
      expect(
        idsOf(
          await api.client.listMigrations({
            from: timeAt(100),
            to: timeAt(300),
          }),
        ),
      ).toEqual(['pair', 'half']);
      expect(idsOf(await api.client.listMigrations({ from: '-600s' }))).toEqual(
        ['running'],
      );
      expect(
        idsOf(await api.client.listMigrations({ to: '2026-03-03' })),
      ).toEqual([]);
      expect(
        idsOf(
          await api.client.listMigrations({
            to: '2026-03-04',
            filter: 'vm:api',
          }),
        ),
      ).toEqual(['site']);
    });
  });

  describe('views', () => {
    it('of the active ones', async () => {
      const list = await api.client.listActiveMigrations();
      expect(directionsOf(list)).toEqual({ running: undefined });
    });

    it('of a site, seen from there', async () => {
      const kista = await api.client.listMigrationsByDatacenter('kista');
      expect(directionsOf(kista)).toEqual({
        site: 'internal',
        pair: 'outgoing',
        within: 'internal',
      });
      const solna = await api.client.listMigrationsByDatacenter('solna');
      expect(directionsOf(solna)).toEqual({
        pair: 'incoming',
        half: 'incoming',
      });
    });

    it('of a cluster, seen from there', async () => {
      expect(
        directionsOf(await api.client.listMigrationsByCluster('kista-1')),
      ).toEqual({ site: 'incoming', pair: 'outgoing', within: 'internal' });
    });

    it('of a machine, seen from where it stands afterwards', async () => {
      expect(
        directionsOf(await api.client.listMigrationsByVirtualMachine('web')),
      ).toEqual({
        running: 'internal',
        half: 'incoming',
        within: 'internal',
      });
      expect(
        directionsOf(await api.client.listMigrationsByVirtualMachine('db')),
      ).toEqual({ pair: 'incoming' });
      expect(
        directionsOf(await api.client.listMigrationsByVirtualMachine('a*')),
      ).toEqual({ site: 'outgoing' });
      expect(
        await api.client.listMigrationsByVirtualMachine('nobody'),
      ).toMatchObject({ items: [], totalItems: 0 });
    });

    it('of a direction, seen from any known cluster', async () => {
      expect(
        directionsOf(await api.client.listMigrationsByDirection('incoming')),
      ).toEqual({ site: 'incoming', pair: 'incoming', half: 'incoming' });
      expect(
        directionsOf(await api.client.listMigrationsByDirection('outgoing')),
      ).toEqual({ site: 'outgoing', pair: 'outgoing' });
      expect(
        directionsOf(await api.client.listMigrationsByDirection('internal')),
      ).toEqual({ running: 'internal', within: 'internal' });
    });

    it('are narrowed as all lists are', async () => {
      expect(
        idsOf(
          await api.client.listMigrationsByDatacenter('kista', {
            filter: 'outcome:failed',
            limit: 1,
          }),
        ),
      ).toEqual(['site']);
    });

    it('are not there for sites and clusters that are not', async () => {
      expect(await api.get('/migrations/datacenter/umea')).toMatchObject({
        status: 404,
        body: {
          error: {
            name: 'NotFoundError',
            message: "There is no datacenter 'umea'; known are kista, solna",
          },
        },
      });
      expect(await api.get('/migrations/cluster/umea-1')).toMatchObject({
        status: 404,
        body: {
          error: {
            message:
              "There is no cluster 'umea-1'; known are kista-1, kista-2, lab, solna-1",
          },
        },
      });
    });
  });

  describe('one', () => {
    it.each([
      'pair',
      'pair-target',
      'kista-1/shop/migration-pair',
      'solna-1%2Fshop%2Fmigration-pair-target',
      'migration-pair',
    ])('is found by %s', async reference => {
      expect(await api.get(`/migrations/${reference}`)).toMatchObject({
        status: 200,
        body: { id: 'pair' },
      });
    });

    it.each(['nobody', 'kista-1/shop/nobody', 'kista-1%2Fother%2Fdrain'])(
      'is not found by %s',
      async reference => {
        expect(await api.get(`/migrations/${reference}`)).toMatchObject({
          status: 404,
          body: { error: { name: 'NotFoundError' } },
        });
      },
    );

    it('is asked for more closely when a name is not enough', async () => {
      expect(await api.get('/migrations/drain')).toMatchObject({
        status: 409,
        body: {
          error: {
            name: 'ConflictError',
            message:
              "'drain' is the name of 2 migrations; ask for one of lab/shop/drain (running), kista-1/shop/drain (within)",
            candidates: [
              { id: 'running', cluster: 'lab', namespace: 'shop' },
              { id: 'within', cluster: 'kista-1', namespace: 'shop' },
            ],
          },
        },
      });
      expect(await api.client.getMigration('lab/shop/drain')).toMatchObject({
        id: 'running',
      });
    });

    it('is the newest of those whose object had one name', async () => {
      for (const [index, uid] of ['first', 'second'].entries()) {
        await api.observe(
          migrationObservation({
            uid,
            cluster: 'lab',
            name: 'again',
            version: 600 + index,
            facts: { createdAt: timeAt(600 + index), vmiName: 'again' },
          }),
        );
      }
      expect(
        await api.client.getMigration({
          cluster: 'lab',
          namespace: 'shop',
          name: 'again',
        }),
      ).toMatchObject({ id: 'second' });
    });
  });
});
