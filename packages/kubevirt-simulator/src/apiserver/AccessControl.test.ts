import {
  ALL_MIGRATIONS_PATH,
  MIGRATIONS_PATH,
  TestCluster,
} from '../__testUtils__';
import { ALL_RULES } from './AccessControl';

const USERS = [
  { name: 'root', token: 'root-token', rules: ALL_RULES },
  {
    name: 'bob',
    token: 'bob-token',
    rules: [
      {
        apiGroups: ['kubevirt.io'],
        resources: ['virtualmachineinstancemigrations'],
        verbs: ['get', 'list', 'watch', 'patch'],
        namespaces: ['erp'],
      },
      { apiGroups: [''], resources: ['nodes'], verbs: ['*'] },
    ],
  },
];

describe('access control', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start({ users: USERS });
  });

  afterEach(() => cluster.stop());

  const as = (token: string | undefined, path: string, method = 'GET') =>
    cluster.client.send(path, { token, method });

  it('lets users do what their rules say', async () => {
    cluster.addMigration('a');
    for (const path of [
      MIGRATIONS_PATH,
      `${MIGRATIONS_PATH}/a`,
      '/api/v1/nodes',
      '/apis',
    ]) {
      expect(await as('bob-token', path)).toMatchObject({ code: 200 });
    }
    expect(await as('root-token', ALL_MIGRATIONS_PATH)).toMatchObject({
      code: 200,
    });
  });

  it.each([
    [
      'GET',
      ALL_MIGRATIONS_PATH,
      'virtualmachineinstancemigrations.kubevirt.io is forbidden: User "bob" cannot list resource "virtualmachineinstancemigrations" in API group "kubevirt.io" at the cluster scope',
    ],
    [
      'GET',
      `${MIGRATIONS_PATH.replace('erp', 'crm')}?watch=1`,
      'virtualmachineinstancemigrations.kubevirt.io is forbidden: User "bob" cannot watch resource "virtualmachineinstancemigrations" in API group "kubevirt.io" in the namespace "crm"',
    ],
    [
      'DELETE',
      `${MIGRATIONS_PATH}/a`,
      'virtualmachineinstancemigrations.kubevirt.io "a" is forbidden: User "bob" cannot delete resource "virtualmachineinstancemigrations" in API group "kubevirt.io" in the namespace "erp"',
    ],
    [
      'PATCH',
      `${MIGRATIONS_PATH}/a/status`,
      'virtualmachineinstancemigrations.kubevirt.io "a" is forbidden: User "bob" cannot patch resource "virtualmachineinstancemigrations/status" in API group "kubevirt.io" in the namespace "erp"',
    ],
    [
      'GET',
      '/api/v1/namespaces/erp',
      'namespaces "erp" is forbidden: User "bob" cannot get resource "namespaces" in API group "" in the namespace "erp"',
    ],
  ])('refuses %s %s in the words of RBAC', async (method, path, message) => {
    const { code, body } = await as('bob-token', path, method);
    expect(code).toBe(403);
    expect(body).toMatchObject({
      kind: 'Status',
      reason: 'Forbidden',
      message,
    });
  });

  it('does not know other tokens', async () => {
    for (const path of [MIGRATIONS_PATH, '/version']) {
      expect(await as('stolen', path)).toMatchObject({
        code: 401,
        body: { reason: 'Unauthorized', message: 'Unauthorized' },
      });
    }
  });

  it('takes a request without token for an anonymous one', async () => {
    expect(await as(undefined, MIGRATIONS_PATH)).toMatchObject({
      code: 403,
      body: {
        message: expect.stringContaining('User "system:anonymous" cannot list'),
      },
    });
    expect(await as(undefined, '/apis')).toMatchObject({
      code: 403,
      body: {
        message: 'forbidden: User "system:anonymous" cannot get path "/apis"',
      },
    });
    expect(await as(undefined, '/readyz')).toMatchObject({ code: 200 });
  });

  it('goes by renewed tokens', async () => {
    cluster.server.access.setUsers([{ ...USERS[1], token: 'renewed' }]);
    expect(await as('bob-token', MIGRATIONS_PATH)).toMatchObject({ code: 401 });
    expect(await as('renewed', MIGRATIONS_PATH)).toMatchObject({ code: 200 });
  });

  it('is told to clients by the kubeconfig', () => {
    expect(cluster.server.kubeconfig('bob')).toEqual({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'kista-1',
          cluster: {
            server: cluster.server.url,
            'insecure-skip-tls-verify': true,
          },
        },
      ],
      users: [{ name: 'bob@kista-1', user: { token: 'bob-token' } }],
      contexts: [
        {
          name: 'kista-1',
          context: { cluster: 'kista-1', user: 'bob@kista-1' },
        },
      ],
      'current-context': 'kista-1',
    });
    expect(cluster.server.kubeconfig()).toMatchObject({
      users: [{ user: { token: 'root-token' } }],
    });
    expect(() => cluster.server.kubeconfig('eve')).toThrow(
      'Cluster kista-1 has no user eve',
    );
  });
});
