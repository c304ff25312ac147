import { ResponseError } from '@backstage/errors';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { aMigration, aVirtualMachine } from '../__testUtils__/records';
import { UnexpectedAnswerError } from './UnexpectedAnswerError';
import { VmMigrationsClient } from './VmMigrationsClient';

const BASE_URL = 'http://portal.test/api/vm-migrations';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const client = new VmMigrationsClient({
  discoveryApi: {
    getBaseUrl: async pluginId => `http://portal.test/api/${pluginId}`,
  },
  // The global one is replaced only when the server listens.
  fetchApi: { fetch: (...request) => fetch(...request) },
});

const emptyList = {
  items: [],
  totalItems: 0,
  pageInfo: {},
  position: 'p1',
};

/** Answers every GET with the body, and tells what was asked for. */
function answer(body: Parameters<typeof HttpResponse.json>[0], status = 200) {
  const requests: Request[] = [];
  server.use(
    http.get('*', ({ request }) => {
      requests.push(request);
      return HttpResponse.json(body, { status });
    }),
  );
  return {
    paths: () => requests.map(({ url }) => url.slice(BASE_URL.length)),
    headers: () => requests.map(({ headers }) => headers),
  };
}

describe('VmMigrationsClient', () => {
  it('asks for a list with everything that narrows it', async () => {
    const asked = answer({
      ...emptyList,
      items: [{ ...aMigration(), direction: 'incoming' }],
      totalItems: 1,
      pageInfo: { nextCursor: 'c2' },
    });
    await expect(
      client.listMigrations({
        filter: 'outcome:failed cluster:kista-1',
        limit: 10,
        cursor: 'c1',
        order: { field: 'duration', direction: 'asc' },
        from: '-24h',
        to: '2026-03-05',
      }),
    ).resolves.toMatchObject({
      items: [{ id: 'uid-target', direction: 'incoming' }],
      pageInfo: { nextCursor: 'c2' },
    });
    const [path] = asked.paths();
    const url = new URL(path, 'http://any');
    expect(url.pathname).toBe('/v1/migrations');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      filter: 'outcome:failed cluster:kista-1',
      limit: '10',
      cursor: 'c1',
      order: 'duration,asc',
      from: '-24h',
      to: '2026-03-05',
    });
  });

  it('knows the views of the list', async () => {
    const asked = answer(emptyList);
    await client.listMigrations();
    await client.listActiveMigrations({ limit: 5 });
    await client.listMigrationsByDatacenter('luleå/1');
    await client.listMigrationsByCluster('kista-1');
    await client.listMigrationsByVirtualMachine('payments-db-0');
    await client.listMigrationsByDirection('incoming');
    expect(asked.paths()).toEqual([
      '/v1/migrations',
      '/v1/migrations/active?limit=5',
      '/v1/migrations/datacenter/lule%C3%A5%2F1',
      '/v1/migrations/cluster/kista-1',
      '/v1/migrations/vm/payments-db-0',
      '/v1/migrations/direction/incoming',
    ]);
  });

  it('finds one migration by id, reference or text of a reference', async () => {
    const asked = answer(aMigration());
    await expect(client.getMigration('uid-target')).resolves.toEqual(
      aMigration(),
    );
    await client.getMigration('kista-1/payments/forklift-abc');
    await client.getMigration({
      cluster: 'a/b',
      namespace: 'payments',
      name: 'forklift-abc',
    });
    expect(asked.paths()).toEqual([
      '/v1/migrations/uid-target',
      '/v1/migrations/kista-1/payments/forklift-abc',
      '/v1/migrations/a%2Fb/payments/forklift-abc',
    ]);
  });

  it('asks for machines', async () => {
    const machines = answer({ ...emptyList, items: [aVirtualMachine()] });
    await client.listVirtualMachines({ migrating: true, filter: 'vm:a*' });
    expect(machines.paths()).toEqual([
      '/v1/virtual-machines?migrating=true&filter=vm%3Aa*',
    ]);

    const machine = answer(aVirtualMachine());
    const reference = {
      cluster: 'kista-1',
      namespace: 'payments',
      name: 'payments-db-0',
    };
    await expect(client.getVirtualMachine(reference)).resolves.toEqual(
      aVirtualMachine(),
    );
    expect(machine.paths()).toEqual([
      '/v1/virtual-machines/kista-1/payments/payments-db-0',
    ]);
  });

  it('asks for sites, clusters and totals', async () => {
    answer({ items: [] });
    await expect(client.listDatacenters()).resolves.toEqual({ items: [] });
    await expect(client.listClusters()).resolves.toEqual({ items: [] });

    const status = {
      demo: true,
      datacenters: 3,
      clusters: { total: 4, live: 4, blind: 0 },
      virtualMachines: { total: 120, running: 118, stopped: 2 },
      migrations: {
        total: 9,
        active: 2,
        succeededLast24h: 6,
        failedLast24h: 1,
      },
      position: 'p1',
    };
    answer(status);
    await expect(client.getStatus()).resolves.toEqual(status);
  });

  it('waits for changes in seconds', async () => {
    const asked = answer({
      changes: [{ type: 'migration-merged', id: 'a', into: 'b' }],
      position: 'p2',
      more: false,
      reset: false,
    });
    await expect(
      client.getChanges({ since: 'p1', waitMs: 25_000, limit: 100 }),
    ).resolves.toMatchObject({ position: 'p2' });
    await client.getChanges();
    expect(asked.paths()).toEqual([
      '/v1/changes?since=p1&limit=100&wait=25',
      '/v1/changes',
    ]);
  });

  it('sends a token only when it is given one', async () => {
    const asked = answer(emptyList);
    await client.listMigrations({ token: 'secret' });
    await client.listMigrations();
    expect(
      asked.headers().map(headers => headers.get('authorization')),
    ).toEqual(['Bearer secret', null]);
  });

  it('passes on what the backend says is wrong', async () => {
    answer(
      {
        error: { name: 'NotFoundError', message: 'No migration “x”' },
        response: { statusCode: 404 },
      },
      404,
    );
    const refusal = await client.getMigration('x').catch(error => error);
    expect(ResponseError.is(refusal)).toBe(true);
    expect(refusal).toMatchObject({
      statusCode: 404,
      cause: { name: 'NotFoundError', message: 'No migration “x”' },
    });
  });

  it('says what is unexpected in an answer', async () => {
    answer({ ...emptyList, items: [{ ...aMigration(), outcome: 'lost' }] });
    const surprise = await client.listMigrations().catch(error => error);
    expect(UnexpectedAnswerError.is(surprise)).toBe(true);
    expect(surprise.message).toContain('/v1/migrations');
    expect(surprise.message).toContain('items.0.outcome');
  });

  it('says so when the answer is no JSON at all', async () => {
    server.use(http.get('*', () => HttpResponse.html('<p>Sign in</p>')));
    await expect(client.getStatus()).rejects.toThrow(
      `The answer of ${BASE_URL}/v1/status is not JSON`,
    );
  });

  it('stops when it is aborted', async () => {
    answer(emptyList);
    const controller = new AbortController();
    controller.abort();
    await expect(
      client.listMigrations({ signal: controller.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});
