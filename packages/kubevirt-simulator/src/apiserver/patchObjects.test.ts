import {
  INSTANCES_PATH,
  MIGRATIONS,
  MIGRATIONS_PATH,
  TestCluster,
} from '../__testUtils__';

describe('patching objects', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
  });

  afterEach(() => cluster.stop());

  const current = (name: string) => cluster.store.get(MIGRATIONS, 'erp', name);

  const patch = (type: string, body: unknown, path = `${MIGRATIONS_PATH}/a`) =>
    cluster.client.send(path, {
      method: 'PATCH',
      body,
      contentType: `application/${type}`,
    });
  const MERGE = 'merge-patch+json';
  const JSON_PATCH = 'json-patch+json';
  const APPLY = 'apply-patch+yaml';

  beforeEach(() => cluster.addMigration('a', { plan: 'p1' }));

  it('merges', async () => {
    const { code, body } = await patch(MERGE, {
      metadata: { labels: { plan: null, wave: '2' } },
      spec: { vmiName: 'db' },
      status: { phase: 'ignored' },
    });
    expect(code).toBe(200);
    expect(body).toMatchObject({
      metadata: {
        labels: { wave: '2' },
        resourceVersion: '4',
        generation: 2,
      },
      spec: { vmiName: 'db' },
    });
    expect(body).not.toHaveProperty('status');
    expect(body).not.toHaveProperty('metadata.labels.plan');
  });

  it('merges the status through the subresource, and nothing else', async () => {
    const { body } = await patch(
      MERGE,
      { spec: { vmiName: 'x' }, status: { phase: 'Running' } },
      `${MIGRATIONS_PATH}/a/status`,
    );
    expect(body).toMatchObject({
      metadata: { generation: 1 },
      spec: { vmiName: 'crm' },
      status: { phase: 'Running' },
    });
    expect(
      await patch(MERGE, {}, `${INSTANCES_PATH}/crm/status`),
    ).toMatchObject({ code: 404, body: { reason: 'NotFound' } });
  });

  it('is no event when it changes nothing', async () => {
    const { code, body } = await patch(MERGE, { spec: { vmiName: 'crm' } });
    expect(code).toBe(200);
    expect(body).toMatchObject({ metadata: { resourceVersion: '3' } });
    expect(cluster.store.resourceVersion).toBe(3);
  });

  it('applies the operations of a JSON patch, all or none', async () => {
    const { body } = await patch(JSON_PATCH, [
      { op: 'test', path: '/spec/vmiName', value: 'crm' },
      { op: 'replace', path: '/spec/vmiName', value: 'db' },
      { op: 'add', path: '/metadata/annotations', value: { a: 'b' } },
      { op: 'copy', from: '/spec/vmiName', path: '/spec/before' },
      { op: 'move', from: '/spec/before', path: '/spec/after' },
      { op: 'remove', path: '/metadata/labels/plan' },
    ]);
    expect(body).toMatchObject({
      metadata: { annotations: { a: 'b' } },
      spec: { vmiName: 'db', after: 'db' },
    });
    for (const failing of [
      { op: 'test', path: '/spec/vmiName', value: 'other' },
      { op: 'replace', path: '/spec/nowhere/x', value: 1 },
    ]) {
      expect(
        await patch(JSON_PATCH, [
          { op: 'add', path: '/spec/x', value: 1 },
          failing,
        ]),
      ).toMatchObject({
        code: 422,
        body: {
          reason: 'Invalid',
          message:
            'the server rejected our request due to an error in our request',
        },
      });
    }
    expect(current('a')?.spec).toEqual({ vmiName: 'db', after: 'db' });
  });

  it.each([
    ['removes', [{ op: 'remove', path: '/spec/nowhere/deep' }], 422],
    ['knows no such operation', [{ op: 'twist', path: '/spec' }], 400],
    ['is no list', { op: 'remove', path: '/spec' }, 400],
  ])('refuses a JSON patch that %s', async (_why, operations, code) => {
    expect(await patch(JSON_PATCH, operations)).toMatchObject({ code });
  });

  it('refuses to change what an object is', async () => {
    const uid = { metadata: { uid: 'other' } };
    expect(await patch(MERGE, uid)).toMatchObject({
      code: 422,
      body: {
        message:
          'VirtualMachineInstanceMigration.kubevirt.io "a" is invalid: metadata.uid: Invalid value: "other": field is immutable',
      },
    });
    expect(await patch(MERGE, { metadata: { name: 'b' } })).toMatchObject({
      code: 400,
    });
    const old = { metadata: { resourceVersion: '1' }, spec: { x: 1 } };
    expect(await patch(MERGE, old)).toMatchObject({
      code: 409,
      body: { reason: 'Conflict' },
    });
    const oldByOperation = [
      { op: 'replace', path: '/metadata/resourceVersion', value: '1' },
      { op: 'add', path: '/spec/x', value: 1 },
    ];
    expect(await patch(JSON_PATCH, oldByOperation)).toMatchObject({
      code: 409,
    });
    expect(cluster.store.resourceVersion).toBe(3);
  });

  it('refuses what it cannot read, and what is not there', async () => {
    expect(await patch(MERGE, '{bad')).toMatchObject({ code: 400 });
    expect(await patch(MERGE, {}, `${MIGRATIONS_PATH}/nowhere`)).toMatchObject({
      code: 404,
    });
  });

  it('knows no strategic merge of custom resources', async () => {
    expect(
      await patch('strategic-merge-patch+json', { spec: {} }),
    ).toMatchObject({
      code: 415,
      body: {
        reason: 'UnsupportedMediaType',
        message:
          'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
      },
    });
  });

  it('takes a strategic merge of a built-in one as far as it is a plain one', async () => {
    cluster.store.create('nodes', { metadata: { name: 'n1' } });
    const strategic = (body: object) =>
      patch('strategic-merge-patch+json', body, '/api/v1/nodes/n1');
    expect(await strategic({ spec: { unschedulable: true } })).toMatchObject({
      code: 200,
      body: { spec: { unschedulable: true } },
    });
    expect(await strategic({ spec: { taints: [] } })).toMatchObject({
      code: 415,
    });
    expect(await strategic({ spec: { $patch: 'delete' } })).toMatchObject({
      code: 415,
    });
  });

  describe('server-side apply', () => {
    const YAML = [
      'apiVersion: kubevirt.io/v1',
      'kind: VirtualMachineInstanceMigration',
      'metadata: {name: b, namespace: erp}',
      'spec: {vmiName: crm}',
      'status: {phase: Running}',
    ].join('\n');
    const apply = (body: unknown, path: string) =>
      patch(APPLY, body, `${path}?fieldManager=test`);

    it('creates what is not there, then merges', async () => {
      const path = `${MIGRATIONS_PATH}/b`;
      expect(await apply(YAML, path)).toMatchObject({ code: 201 });
      expect(current('b')).not.toHaveProperty('status');
      expect(
        await apply(YAML.replace('vmiName: crm', 'priority: x'), path),
      ).toMatchObject({
        code: 200,
        body: { spec: { vmiName: 'crm', priority: 'x' } },
      });
    });

    it('writes the status through the subresource of what is there', async () => {
      const path = `${MIGRATIONS_PATH}/b/status`;
      expect(await apply(YAML, path)).toMatchObject({ code: 404 });
      cluster.addMigration('b');
      expect(await apply(YAML, path)).toMatchObject({
        code: 200,
        body: { status: { phase: 'Running' } },
      });
    });

    it('wants to know who applies', async () => {
      expect(await patch(APPLY, YAML, `${MIGRATIONS_PATH}/b`)).toMatchObject({
        code: 422,
        body: {
          message:
            'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
        },
      });
    });
  });
});
