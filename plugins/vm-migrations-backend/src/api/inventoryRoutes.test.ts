import { describeEachDatabase } from '../__testUtils__/databases';
import { ManualClock } from '../__testUtils__/ManualClock';
import { recordScenario, SCENARIO_NOW } from './__testUtils__/scenario';
import { startApi, type TestApi } from './__testUtils__/startApi';

describeEachDatabase('machines and sites over HTTP', createDatabase => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi({
      knex: await createDatabase(),
      clock: new ManualClock(SCENARIO_NOW),
    });
    await recordScenario(api);
  });
  afterAll(() => api.stop());

  it('lists machines page by page, with the move under way', async () => {
    const first = await api.client.listVirtualMachines({ limit: 2 });
    expect(first).toMatchObject({
      totalItems: 3,
      items: [
        { cluster: 'kista-1', datacenter: 'kista', name: 'web' },
        { cluster: 'lab', name: 'web', migration: { id: 'running' } },
      ],
    });
    const second = await api.client.listVirtualMachines({
      limit: 2,
      cursor: first.pageInfo.nextCursor,
    });
    expect(second).toMatchObject({
      items: [{ cluster: 'solna-1', name: 'db', status: 'Stopped' }],
      pageInfo: {},
    });
  });

  it.each([
    [{ filter: 'datacenter:kista' }, ['kista-1']],
    [{ filter: '-status:Stopped' }, ['kista-1', 'lab']],
    [{ migrating: true }, ['lab']],
    [{ migrating: true, filter: 'cluster:kista-*' }, []],
  ])('narrows machines by %j', async (request, clusters) => {
    const { items } = await api.client.listVirtualMachines(request);
    expect(items.map(({ cluster }) => cluster)).toEqual(clusters);
  });

  it('finds one machine, or not', async () => {
    const reference = { cluster: 'lab', namespace: 'shop', name: 'web' };
    expect(await api.client.getVirtualMachine(reference)).toMatchObject({
      ...reference,
      node: 'node-1',
      migration: { id: 'running', outcome: 'active' },
    });
    expect(await api.get('/virtual-machines/lab/shop/nobody')).toMatchObject({
      status: 404,
      body: {
        error: { message: "There is no virtual machine 'lab/shop/nobody'" },
      },
    });
  });

  it('counts by site', async () => {
    expect(await api.client.listDatacenters()).toMatchObject({
      items: [
        {
          id: 'kista',
          clusters: ['kista-1', 'kista-2'],
          virtualMachines: 1,
          migrations: { incoming: 0, outgoing: 0, internal: 0 },
        },
        { id: 'solna', virtualMachines: 1 },
      ],
    });
  });

  it('tells how clusters are watched', async () => {
    await api.clusters.saveHealth('lab', [
      {
        resource: 'virtualmachineinstancemigrations',
        phase: 'backing-off',
        since: '2026-03-04T10:00:00.000Z',
        problem: 'unreachable',
        lastError: 'connect ECONNREFUSED',
        consecutiveFailures: 3,
      },
    ]);
    const { items } = await api.client.listClusters();
    expect(items).toMatchObject([
      { name: 'kista-1', datacenter: 'kista', virtualMachines: 1 },
      { name: 'kista-2' },
      {
        name: 'lab',
        state: 'blind',
        blindSince: '2026-03-04T10:00:00.000Z',
        activeMigrations: 1,
      },
      { name: 'solna-1' },
    ]);
  });

  it('sums up', async () => {
    expect(await api.client.getStatus()).toMatchObject({
      demo: true,
      datacenters: 2,
      clusters: { total: 4 },
      virtualMachines: { total: 3, running: 2, stopped: 1 },
      migrations: {
        total: 5,
        active: 1,
        succeededLast24h: 3,
        failedLast24h: 1,
      },
    });
  });
});
