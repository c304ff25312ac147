import {
  ALL_MIGRATIONS_PATH,
  MIGRATIONS,
  MIGRATIONS_PATH,
  TestCluster,
} from '../__testUtils__';

describe('deleting objects', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
  });

  afterEach(() => cluster.stop());

  const current = (name: string) => cluster.store.get(MIGRATIONS, 'erp', name);

  const remove = (path: string, body?: unknown) =>
    cluster.client.send(path, { method: 'DELETE', body });

  it('says what it removed', async () => {
    cluster.addMigration('a');
    const uid = current('a')?.metadata.uid;
    expect(await remove(`${MIGRATIONS_PATH}/a`)).toMatchObject({
      code: 200,
      body: {
        kind: 'Status',
        status: 'Success',
        details: {
          name: 'a',
          group: 'kubevirt.io',
          kind: 'virtualmachineinstancemigrations',
          uid,
        },
      },
    });
    expect(await remove(`${MIGRATIONS_PATH}/a`)).toMatchObject({ code: 404 });
  });

  it('marks an object with finalizers, which goes with the last of them', async () => {
    cluster.store.create(MIGRATIONS, {
      metadata: { name: 'a', namespace: 'erp', finalizers: ['x'] },
    });
    const stream = await cluster.client.watch(
      `${MIGRATIONS_PATH}?watch=1&resourceVersion=3`,
    );
    const path = `${MIGRATIONS_PATH}/a`;
    expect(
      await remove(path, { propagationPolicy: 'Background' }),
    ).toMatchObject({
      code: 200,
      body: {
        kind: 'VirtualMachineInstanceMigration',
        metadata: {
          deletionTimestamp: '2026-03-06T11:00:00Z',
          finalizers: ['x'],
        },
      },
    });
    await cluster.client.send(path, {
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      body: { metadata: { finalizers: null } },
    });
    expect(await stream.summaries(2)).toEqual(['MODIFIED a 4', 'DELETED a 5']);
  });

  it('holds to preconditions and knows the policies', async () => {
    cluster.addMigration('a');
    const path = `${MIGRATIONS_PATH}/a`;
    expect(
      await remove(path, { preconditions: { uid: 'other' } }),
    ).toMatchObject({
      code: 409,
      body: {
        reason: 'Conflict',
        details: { kind: 'VirtualMachineInstanceMigration' },
      },
    });
    expect(
      await remove(path, { preconditions: { resourceVersion: '1' } }),
    ).toMatchObject({ code: 409 });
    expect(await remove(`${path}?propagationPolicy=Bogus`)).toMatchObject({
      code: 422,
    });
    expect(await remove(path, { preconditions: [] })).toMatchObject({
      code: 400,
    });
    expect(await remove(`${path}/status`)).toMatchObject({ code: 405 });
    expect(current('a')).toBeDefined();
  });

  it('empties a collection by selector', async () => {
    cluster.addMigration('a', { plan: 'p1' });
    cluster.addMigration('b', { plan: 'p2' });
    expect(
      await remove(`${MIGRATIONS_PATH}?labelSelector=plan%3Dp1`),
    ).toMatchObject({
      code: 200,
      body: {
        kind: 'VirtualMachineInstanceMigrationList',
        items: [{ metadata: { name: 'a', resourceVersion: '3' } }],
        metadata: { resourceVersion: '4' },
      },
    });
    expect(
      cluster.store.list(MIGRATIONS).map(({ metadata }) => metadata.name),
    ).toEqual(['b']);
    expect(await remove(ALL_MIGRATIONS_PATH)).toMatchObject({ code: 404 });
  });
});
