import { MIGRATIONS, MIGRATIONS_PATH, TestCluster } from '../__testUtils__';

const OBJECT = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachineInstanceMigration',
  metadata: { name: 'a' },
  spec: { vmiName: 'crm' },
};

describe('namespaces', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
  });

  afterEach(() => cluster.stop());

  const current = (name: string) => cluster.store.get(MIGRATIONS, 'erp', name);

  const send = (method: string, path: string, body?: unknown) =>
    cluster.client.send(path, { method, body });

  it('are completed as the API server does', async () => {
    expect(
      await send('POST', '/api/v1/namespaces', { metadata: { name: 'crm' } }),
    ).toMatchObject({
      code: 201,
      body: {
        kind: 'Namespace',
        metadata: { labels: { 'kubernetes.io/metadata.name': 'crm' } },
        status: { phase: 'Active' },
      },
    });
  });

  it('take their content with them', async () => {
    cluster.addMigration('a');
    expect(await send('DELETE', '/api/v1/namespaces/erp')).toMatchObject({
      code: 200,
      body: { kind: 'Namespace' },
    });
    expect(current('a')).toBeUndefined();
    expect(await send('GET', '/api/v1/namespaces/erp')).toMatchObject({
      code: 404,
    });
  });

  it('wait for content with finalizers and take no more', async () => {
    cluster.store.create(MIGRATIONS, {
      metadata: { name: 'a', namespace: 'erp', finalizers: ['x'] },
    });
    await send('DELETE', '/api/v1/namespaces/erp');
    expect(await send('GET', '/api/v1/namespaces/erp')).toMatchObject({
      body: { status: { phase: 'Terminating' } },
    });
    expect(
      await send('POST', MIGRATIONS_PATH, {
        ...OBJECT,
        metadata: { name: 'b' },
      }),
    ).toMatchObject({
      code: 403,
      body: {
        message:
          'unable to create new content in namespace erp because it is being terminated',
      },
    });
    cluster.store.update(MIGRATIONS, 'erp', 'a', draft => {
      delete draft.metadata.finalizers;
    });
    expect(await send('GET', '/api/v1/namespaces/erp')).toMatchObject({
      code: 404,
    });
  });
});
