import {
  ALL_MIGRATIONS_PATH,
  INSTANCES_PATH,
  MIGRATIONS,
  MIGRATIONS_PATH,
  TestCluster,
} from '../__testUtils__';

const OBJECT = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachineInstanceMigration',
  metadata: { name: 'a' },
  spec: { vmiName: 'crm' },
};

describe('writing objects', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
  });

  afterEach(() => cluster.stop());

  const current = (name: string) => cluster.store.get(MIGRATIONS, 'erp', name);

  describe('create', () => {
    const create = (body: unknown, path = MIGRATIONS_PATH) =>
      cluster.client.send(path, { method: 'POST', body });

    it('adds the object without its status', async () => {
      const { code, body } = await create({
        ...OBJECT,
        metadata: {
          name: 'a',
          creationTimestamp: null,
          labels: null,
          managedFields: [{ manager: 'kubectl' }],
        },
        status: { phase: 'Running' },
      });
      expect(code).toBe(201);
      expect(body).toEqual({
        ...OBJECT,
        metadata: {
          name: 'a',
          namespace: 'erp',
          uid: expect.any(String),
          creationTimestamp: '2026-03-06T11:00:00Z',
          generation: 1,
          resourceVersion: '3',
        },
      });
      expect(current('a')).toEqual(body);
    });

    it('makes a name from generateName', async () => {
      const { code, body } = await create({
        ...OBJECT,
        metadata: { generateName: 'evacuation-' },
      });
      expect(code).toBe(201);
      expect(body).toMatchObject({
        metadata: { name: expect.stringMatching(/^evacuation-.{5}$/) },
      });
    });

    it('keeps the status of a resource without status subresource', async () => {
      const { body } = await create(
        {
          apiVersion: 'kubevirt.io/v1',
          kind: 'VirtualMachineInstance',
          metadata: { name: 'crm' },
          status: { phase: 'Running' },
        },
        INSTANCES_PATH,
      );
      expect(body).toMatchObject({ status: { phase: 'Running' } });
    });

    it('refuses a name that is taken', async () => {
      cluster.addMigration('a');
      const { code, body } = await create(OBJECT);
      expect(code).toBe(409);
      expect(body).toMatchObject({
        reason: 'AlreadyExists',
        message:
          'virtualmachineinstancemigrations.kubevirt.io "a" already exists',
        details: {
          name: 'a',
          group: 'kubevirt.io',
          kind: 'virtualmachineinstancemigrations',
        },
      });
    });

    it.each([
      [
        { ...OBJECT, metadata: {} },
        422,
        'VirtualMachineInstanceMigration.kubevirt.io "" is invalid: metadata.name: Required value: name or generateName is required',
      ],
      [
        { ...OBJECT, metadata: { name: 'A_b' } },
        422,
        `VirtualMachineInstanceMigration.kubevirt.io "A_b" is invalid: metadata.name: Invalid value: "A_b": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
      ],
      [
        { ...OBJECT, kind: 'Other' },
        422,
        'Other.kubevirt.io "a" is invalid: kind: Invalid value: "Other": must be VirtualMachineInstanceMigration',
      ],
      [
        { ...OBJECT, apiVersion: 'kubevirt.io/v2' },
        400,
        'the API version in the data (kubevirt.io/v2) does not match the expected API version (kubevirt.io/v1)',
      ],
      [
        { ...OBJECT, metadata: { name: 'a', namespace: 'other' } },
        400,
        'the namespace of the provided object does not match the namespace sent on the request',
      ],
      [
        { ...OBJECT, metadata: { name: 'a', resourceVersion: '5' } },
        500,
        'resourceVersion should not be set on objects to be created',
      ],
      [
        { metadata: { name: 'a' } },
        400,
        "the object provided is unrecognized (must be of type VirtualMachineInstanceMigration): Object 'Kind' is missing",
      ],
    ])('refuses %j', async (body, code, message) => {
      const answer = await create(body);
      expect(answer.code).toBe(code);
      expect(answer.body).toMatchObject({ kind: 'Status', code, message });
      expect(cluster.store.list(MIGRATIONS)).toEqual([]);
    });

    it.each(['{bad', '[]', '{"metadata": {"labels": {"a": 1}}}'])(
      'answers 400 to %s',
      async body => {
        expect((await create(body)).code).toBe(400);
      },
    );

    it('answers 413 to more than kube-apiserver would take', async () => {
      const { code, body } = await create('x'.repeat(3 * 1024 * 1024 + 1));
      expect(code).toBe(413);
      expect(body).toMatchObject({ reason: 'RequestEntityTooLarge' });
    });

    it('needs a namespace that is there', async () => {
      const { code, body } = await create(
        OBJECT,
        MIGRATIONS_PATH.replace('erp', 'nowhere'),
      );
      expect(code).toBe(404);
      expect(body).toMatchObject({
        message: 'namespaces "nowhere" not found',
        details: { name: 'nowhere', kind: 'namespaces' },
      });
      expect((await create(OBJECT, ALL_MIGRATIONS_PATH)).code).toBe(404);
      expect((await create(OBJECT, `${MIGRATIONS_PATH}/a/status`)).code).toBe(
        405,
      );
    });

    it('refuses a dry run in place of writing for real', async () => {
      const { code } = await create(OBJECT, `${MIGRATIONS_PATH}?dryRun=All`);
      expect(code).toBe(400);
      expect(current('a')).toBeUndefined();
    });
  });

  describe('replace', () => {
    const replace = (body: object, name = 'a') =>
      cluster.client.send(`${MIGRATIONS_PATH}/${name}`, {
        method: 'PUT',
        body,
      });
    const at = (resourceVersion: string, fields: object = {}) => ({
      ...OBJECT,
      metadata: { name: 'a', resourceVersion },
      ...fields,
    });

    it('takes the place of the version that it names', async () => {
      cluster.addMigration('a', { plan: 'p1' });
      const { code, body } = await replace(at('3', { spec: { x: 1 } }));
      expect(code).toBe(200);
      expect(body).toMatchObject({
        metadata: { resourceVersion: '4', generation: 2 },
        spec: { x: 1 },
      });
      expect(body).not.toHaveProperty('metadata.labels');
    });

    it('refuses an old version, another object and none', async () => {
      cluster.addMigration('a');
      cluster.setPhase('a', 'Running');
      expect(await replace(at('3'))).toMatchObject({
        code: 409,
        body: {
          reason: 'Conflict',
          message:
            'Operation cannot be fulfilled on virtualmachineinstancemigrations.kubevirt.io "a": the object has been modified; please apply your changes to the latest version and try again',
        },
      });
      expect(
        await replace({ ...OBJECT, metadata: { name: 'a', uid: 'other' } }),
      ).toMatchObject({ code: 409 });
      expect(await replace(OBJECT)).toMatchObject({
        code: 422,
        body: {
          message:
            'virtualmachineinstancemigrations.kubevirt.io "a" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
        },
      });
      expect(await replace(OBJECT, 'b')).toMatchObject({
        code: 400,
        body: {
          message:
            'the name of the object (a) does not match the name on the URL (b)',
        },
      });
      expect(
        await replace({ ...OBJECT, metadata: { name: 'b' } }, 'b'),
      ).toMatchObject({ code: 404 });
    });

    it('writes the status alone through the subresource', async () => {
      cluster.addMigration('a');
      const { body } = await cluster.client.send(
        `${MIGRATIONS_PATH}/a/status`,
        {
          method: 'PUT',
          body: at('3', { spec: {}, status: { phase: 'Failed' } }),
        },
      );
      expect(body).toMatchObject({
        spec: { vmiName: 'crm' },
        status: { phase: 'Failed' },
      });
    });
  });

  describe('patch', () => {
    const patch = (
      type: string,
      body: unknown,
      path = `${MIGRATIONS_PATH}/a`,
    ) =>
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
      expect(
        await patch(MERGE, {}, `${MIGRATIONS_PATH}/nowhere`),
      ).toMatchObject({ code: 404 });
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

  describe('delete', () => {
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
      expect(await stream.summaries(2)).toEqual([
        'MODIFIED a 4',
        'DELETED a 5',
      ]);
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

  describe('namespaces', () => {
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
});
