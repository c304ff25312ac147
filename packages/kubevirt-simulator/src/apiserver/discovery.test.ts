import { TestCluster } from '../__testUtils__';
import { bootstrapCluster } from './bootstrapCluster';

describe('discovery', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
  });

  afterEach(() => cluster.stop());

  const read = async (path: string) => (await cluster.client.send(path)).body;

  it('names the groups and their versions, the preferred one first', async () => {
    expect(await read('/api')).toMatchObject({
      kind: 'APIVersions',
      versions: ['v1'],
    });
    expect(await read('/apis')).toMatchObject({
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: [
        {
          name: 'kubevirt.io',
          versions: [
            { groupVersion: 'kubevirt.io/v1', version: 'v1' },
            { groupVersion: 'kubevirt.io/v1alpha3', version: 'v1alpha3' },
          ],
          preferredVersion: { groupVersion: 'kubevirt.io/v1', version: 'v1' },
        },
        { name: 'migrations.kubevirt.io' },
        { name: 'apiextensions.k8s.io' },
      ],
    });
    expect(await read('/apis/migrations.kubevirt.io')).toMatchObject({
      kind: 'APIGroup',
      name: 'migrations.kubevirt.io',
      versions: [{ version: 'v1alpha1' }],
    });
  });

  it('names the resources of a version with their subresources', async () => {
    expect(await read('/apis/kubevirt.io/v1')).toMatchObject({
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: 'kubevirt.io/v1',
      resources: expect.arrayContaining([
        {
          name: 'virtualmachineinstancemigrations',
          singularName: 'virtualmachineinstancemigration',
          namespaced: true,
          kind: 'VirtualMachineInstanceMigration',
          verbs: [
            'create',
            'delete',
            'deletecollection',
            'get',
            'list',
            'patch',
            'update',
            'watch',
          ],
          shortNames: ['vmim', 'vmims'],
          categories: ['all'],
        },
        {
          name: 'virtualmachineinstancemigrations/status',
          singularName: '',
          namespaced: true,
          kind: 'VirtualMachineInstanceMigration',
          verbs: ['get', 'patch', 'update'],
        },
      ]),
    });
    const text = JSON.stringify(await read('/apis/kubevirt.io/v1'));
    expect(text).not.toContain('virtualmachineinstances/status');
    expect(await read('/api/v1')).toMatchObject({ groupVersion: 'v1' });
  });

  it('says its version and that it is well', async () => {
    expect(await read('/version')).toMatchObject({
      major: '1',
      minor: '34',
      gitVersion: 'v1.34.4',
    });
    for (const path of ['/healthz', '/livez', '/readyz']) {
      expect((await cluster.client.send(path)).text).toBe('ok');
    }
  });

  it('tells kubectl that the server validates fields', async () => {
    expect(await read('/openapi/v3')).toMatchObject({
      paths: {
        'api/v1': { serverRelativeURL: '/openapi/v3/api/v1' },
        'apis/kubevirt.io/v1': {
          serverRelativeURL: '/openapi/v3/apis/kubevirt.io/v1',
        },
      },
    });
    expect(await read('/openapi/v3/apis/kubevirt.io/v1')).toMatchObject({
      paths: {
        '/apis/kubevirt.io/v1/namespaces/{namespace}/virtualmachines/{name}': {
          patch: {
            parameters: expect.arrayContaining([
              expect.objectContaining({ name: 'fieldValidation' }),
            ]),
            'x-kubernetes-group-version-kind': {
              group: 'kubevirt.io',
              version: 'v1',
              kind: 'VirtualMachine',
            },
          },
        },
      },
    });
  });

  it.each([
    '/api/v2',
    '/apis/nope.io',
    '/apis/kubevirt.io/v9',
    '/openapi/v3/apis/nope.io/v1',
    '/openapi/v2',
  ])('does not know %s', async path => {
    expect(await cluster.client.send(path)).toMatchObject({
      code: 404,
      text: '404 page not found\n',
    });
  });

  it('has definitions of the custom resources once the cluster is set up', async () => {
    bootstrapCluster(cluster.store);
    const { resourceVersion } = cluster.store;
    bootstrapCluster(cluster.store);
    expect(cluster.store.resourceVersion).toBe(resourceVersion);
    const definitions = cluster.store.list('customresourcedefinitions');
    expect(definitions.map(({ metadata }) => metadata.name)).toEqual([
      'kubevirts.kubevirt.io',
      'migrationpolicies.migrations.kubevirt.io',
      'virtualmachineinstancemigrations.kubevirt.io',
      'virtualmachineinstances.kubevirt.io',
      'virtualmachines.kubevirt.io',
    ]);
  });
});
