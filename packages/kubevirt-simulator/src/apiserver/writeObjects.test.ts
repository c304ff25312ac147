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
});
