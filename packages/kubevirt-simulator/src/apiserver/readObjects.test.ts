import {
  ALL_MIGRATIONS_PATH,
  INSTANCES,
  INSTANCES_PATH,
  MIGRATIONS_PATH,
  readListAnswer,
  TestCluster,
} from '../__testUtils__';
import type { TestClusterOptions } from '../__testUtils__';

describe('reading objects', () => {
  let cluster: TestCluster;

  async function start(options?: TestClusterOptions) {
    cluster = await TestCluster.start(options);
    return cluster;
  }

  afterEach(() => cluster.stop());

  const list = async (path: string) => {
    const { code, body } = await cluster.client.send(path);
    expect(code).toBe(200);
    return readListAnswer(body);
  };

  describe('get', () => {
    it('answers with the object', async () => {
      await start();
      cluster.addMigration('a');
      const { code, body, headers } = await cluster.client.send(
        `${MIGRATIONS_PATH}/a`,
      );
      expect(code).toBe(200);
      expect(headers['content-type']).toBe('application/json');
      expect(body).toEqual({
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachineInstanceMigration',
        metadata: {
          name: 'a',
          namespace: 'erp',
          labels: {},
          uid: expect.any(String),
          creationTimestamp: '2026-03-06T11:00:00Z',
          generation: 1,
          resourceVersion: '3',
        },
        spec: { vmiName: 'crm' },
      });
    });

    it('answers in another served version', async () => {
      await start();
      cluster.addMigration('a');
      const { body } = await cluster.client.send(
        `${MIGRATIONS_PATH}/a`.replace('v1', 'v1alpha3'),
      );
      expect(body).toMatchObject({ apiVersion: 'kubevirt.io/v1alpha3' });
    });

    it('answers 404 for what is not there', async () => {
      await start();
      const { code, body } = await cluster.client.send(`${MIGRATIONS_PATH}/no`);
      expect(code).toBe(404);
      expect(body).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'virtualmachineinstancemigrations.kubevirt.io "no" not found',
        reason: 'NotFound',
        details: {
          name: 'no',
          group: 'kubevirt.io',
          kind: 'virtualmachineinstancemigrations',
        },
        code: 404,
      });
    });

    it.each([
      '/apis/kubevirt.io/v1/foos',
      '/apis/kubevirt.io/v9/virtualmachines',
      '/apis/nope.io/v1/virtualmachines',
      '/apis/kubevirt.io/v1/virtualmachines/crm',
      '/api/v1/namespaces/erp/nodes/n1',
      '/api/v1/nodes/n1/proxy',
      '/foo',
    ])('answers %s in text, as where there is no handler', async path => {
      await start();
      const { code, text } = await cluster.client.send(path);
      expect(code).toBe(404);
      expect(text).toBe('404 page not found\n');
    });

    it('serves status as a subresource where there is one', async () => {
      await start();
      cluster.addMigration('a');
      cluster.store.create(INSTANCES, {
        metadata: { name: 'crm', namespace: 'erp' },
      });
      const migration = await cluster.client.send(
        `${MIGRATIONS_PATH}/a/status`,
      );
      expect(migration.code).toBe(200);
      const instance = await cluster.client.send(
        `${INSTANCES_PATH}/crm/status`,
      );
      expect(instance.code).toBe(404);
      expect(instance.body).toMatchObject({ reason: 'NotFound' });
    });
  });

  describe('list', () => {
    it('is of one namespace or of all', async () => {
      await start();
      cluster.addMigration('b');
      cluster.addMigration('a');
      cluster.store.create('virtualmachineinstancemigrations', {
        metadata: { name: 'c', namespace: 'crm' },
      });
      expect(await list(MIGRATIONS_PATH)).toEqual({
        names: ['a', 'b'],
        metadata: { resourceVersion: '5', continue: '' },
      });
      expect((await list(ALL_MIGRATIONS_PATH)).names).toEqual(['c', 'a', 'b']);
      const { body } = await cluster.client.send(ALL_MIGRATIONS_PATH);
      expect(body).toMatchObject({
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachineInstanceMigrationList',
      });
    });

    it.each([
      ['labelSelector=plan%3Dp1', ['a', 'c']],
      ['labelSelector=plan+in+(p2,p3)', ['b']],
      ['labelSelector=!plan', []],
      ['fieldSelector=metadata.name%3Db', ['b']],
      ['fieldSelector=metadata.name!=b,metadata.namespace==erp', ['a', 'c']],
      ['fieldSelector=metadata.namespace%3Dcrm', []],
      ['fieldSelector=metadata.name%3Db&labelSelector=plan%3Dp1', []],
    ])('selects by %s', async (query, names) => {
      await start();
      cluster.addMigration('a', { plan: 'p1' });
      cluster.addMigration('b', { plan: 'p2' });
      cluster.addMigration('c', { plan: 'p1' });
      expect((await list(`${MIGRATIONS_PATH}?${query}`)).names).toEqual(names);
    });

    it('selects events by the object that they are about', async () => {
      await start();
      for (const name of ['crm', 'db']) {
        cluster.store.create('events', {
          metadata: { name: `${name}.1`, namespace: 'erp' },
          involvedObject: { kind: 'VirtualMachineInstance', name },
        });
      }
      const { names } = await list(
        '/api/v1/namespaces/erp/events?fieldSelector=involvedObject.name%3Ddb,reason%3D',
      );
      expect(names).toEqual(['db.1']);
    });

    it.each([
      ['limit=x', 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
      [
        'labelSelector=a+b',
        400,
        `unable to parse requirement: found 'a b' in label selector "a b"`,
      ],
      ['fieldSelector=spec.x%3D1', 400, 'field label not supported: spec.x'],
      ['fieldSelector=x', 400, "invalid selector: 'x'; can't understand 'x'"],
      [
        'resourceVersion=abc',
        400,
        'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
      ],
      [
        'continue=abc&limit=1',
        400,
        'invalid continue token: continue key is not valid',
      ],
      [
        'resourceVersion=0&resourceVersionMatch=Exact',
        422,
        'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
      ],
      [
        'resourceVersionMatch=Exact',
        422,
        'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
      ],
      [
        'resourceVersion=1&resourceVersionMatch=Foo',
        422,
        'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Unsupported value: "Foo": supported values: "Exact", "NotOlderThan", ""',
      ],
    ])('refuses %s', async (query, code, message) => {
      await start();
      const answer = await cluster.client.send(`${MIGRATIONS_PATH}?${query}`);
      expect(answer.code).toBe(code);
      expect(answer.body).toMatchObject({ kind: 'Status', code, message });
    });

    it('answers from the past when an exact version is asked for', async () => {
      await start();
      cluster.addMigration('a');
      cluster.addMigration('b');
      cluster.store.delete('virtualmachineinstancemigrations', 'erp', 'a');
      const exact = '&resourceVersionMatch=Exact';
      expect(
        await list(`${MIGRATIONS_PATH}?resourceVersion=3${exact}`),
      ).toEqual({
        names: ['a'],
        metadata: { resourceVersion: '3', continue: '' },
      });
      expect(
        (await list(`${MIGRATIONS_PATH}?resourceVersion=3&limit=5`)).names,
      ).toEqual(['a']);
      expect(
        (await list(`${MIGRATIONS_PATH}?resourceVersion=3`)).names,
      ).toEqual(['b']);
      cluster.store.compact();
      const { code, body } = await cluster.client.send(
        `${MIGRATIONS_PATH}?resourceVersion=3${exact}`,
      );
      expect(code).toBe(410);
      expect(body).toMatchObject({ reason: 'Expired', code: 410 });
    });

    it('answers 504 for a version that is yet to come', async () => {
      await start();
      const { code, body, headers } = await cluster.client.send(
        `${MIGRATIONS_PATH}?resourceVersion=99`,
      );
      expect(code).toBe(504);
      expect(headers['retry-after']).toBe('1');
      expect(body).toMatchObject({
        reason: 'Timeout',
        message: 'Timeout: Too large resource version: 99, current: 2',
        details: {
          causes: [
            {
              reason: 'ResourceVersionTooLarge',
              message: 'Too large resource version',
            },
          ],
          retryAfterSeconds: 1,
        },
      });
    });
  });
});
