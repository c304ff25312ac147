import { mockCredentials } from '@backstage/backend-test-utils';
import {
  clusterReadPermission,
  vmMigrationReadPermission,
  vmReadPermission,
  type MigrationList,
} from 'backstage-plugin-vm-migrations-common';
import {
  createVirtualMachineConditionalDecision,
  createVmMigrationConditionalDecision,
  virtualMachineConditions,
  vmMigrationConditions,
} from '.';
import { describeEachDatabase } from '../__testUtils__/databases';
import { ManualClock } from '../__testUtils__/ManualClock';
import { recordScenario, SCENARIO_NOW } from './__testUtils__/scenario';
import { startApi, type TestApi } from './__testUtils__/startApi';

const MIGRATION_ROUTES = [
  '/migrations',
  '/migrations/active',
  '/migrations/datacenter/kista',
  '/migrations/cluster/kista-1',
  '/migrations/vm/web',
  '/migrations/direction/incoming',
  '/migrations/pair',
  '/migrations/kista-1/shop/drain',
];
const MACHINE_ROUTES = ['/virtual-machines', '/virtual-machines/lab/shop/web'];
const CLUSTER_ROUTES = ['/clusters', '/datacenters'];
const SHARED_ROUTES = ['/status', '/changes', '/events'];

function idsOf({ items }: MigrationList): string[] {
  return items.map(({ id }) => id);
}

describeEachDatabase('permissions', createDatabase => {
  let api: TestApi;

  beforeEach(async () => {
    api = await startApi({
      knex: await createDatabase(),
      clock: new ManualClock(SCENARIO_NOW),
    });
    await recordScenario(api);
  });
  afterEach(() => api.stop());

  it('let services in as well as users', async () => {
    const headers = { Authorization: mockCredentials.service.header() };
    expect(await api.get('/migrations', { headers })).toMatchObject({
      status: 200,
    });
  });

  it('are needed for what a route is about', async () => {
    const routes = [
      [vmMigrationReadPermission, MIGRATION_ROUTES],
      [vmReadPermission, MACHINE_ROUTES],
      [clusterReadPermission, CLUSTER_ROUTES],
    ] as const;
    for (const [permission, paths] of routes) {
      api.policy.deny(permission);
      for (const path of paths) {
        expect(await api.get(path)).toMatchObject({
          status: 403,
          body: {
            error: {
              name: 'NotAllowedError',
              message: `This needs the permission ${permission.name}`,
            },
          },
        });
      }
    }
    for (const path of SHARED_ROUTES) {
      expect(await api.get(path)).toMatchObject({ status: 403 });
    }
  });

  it('hide what is denied from routes that show more than one thing', async () => {
    api.policy.deny(vmMigrationReadPermission, clusterReadPermission);
    expect(await api.client.getStatus()).toMatchObject({
      datacenters: 0,
      clusters: { total: 0, live: 0, blind: 0 },
      migrations: { total: 0, active: 0 },
      virtualMachines: { total: 3 },
    });
    const { items } = await api.client.listVirtualMachines({ migrating: true });
    expect(items).toHaveLength(1);
    expect(items[0]).not.toHaveProperty('migration');
    expect(
      await api.client.getVirtualMachine({
        cluster: 'lab',
        namespace: 'shop',
        name: 'web',
      }),
    ).not.toHaveProperty('migration');
  });

  it('with conditions narrow lists, views and counts of migrations', async () => {
    api.policy.decide(
      vmMigrationReadPermission,
      createVmMigrationConditionalDecision(vmMigrationReadPermission, {
        anyOf: [
          vmMigrationConditions.inDatacenter({ datacenters: ['solna'] }),
          {
            allOf: [
              vmMigrationConditions.inCluster({ clusters: ['kista-*'] }),
              {
                not: vmMigrationConditions.inCluster({ clusters: ['kista-2'] }),
              },
            ],
          },
        ],
      }),
    );
    expect(await api.client.listMigrations()).toMatchObject({ totalItems: 3 });
    expect(idsOf(await api.client.listMigrations())).toEqual([
      'pair',
      'half',
      'within',
    ]);
    expect(idsOf(await api.client.listMigrationsByDatacenter('kista'))).toEqual(
      ['pair', 'within'],
    );
    expect(
      idsOf(await api.client.listMigrations({ filter: 'vm:api' })),
    ).toEqual([]);
    expect(await api.client.getStatus()).toMatchObject({
      migrations: { total: 3, active: 0 },
    });
  });

  it('with conditions tell nothing of what they exclude', async () => {
    api.policy.decide(
      vmMigrationReadPermission,
      createVmMigrationConditionalDecision(
        vmMigrationReadPermission,
        vmMigrationConditions.inCluster({ clusters: ['kista-1'] }),
      ),
    );
    const excluded = await api.get('/migrations/half');
    const unknown = await api.get('/migrations/nobody');
    expect(excluded).toMatchObject({ status: 404 });
    expect(JSON.stringify(excluded).replaceAll('half', 'nobody')).toBe(
      JSON.stringify(unknown),
    );
    expect(await api.get('/migrations/lab/shop/drain')).toMatchObject({
      status: 404,
    });
    // The other migration of this name is not there for the caller.
    expect(await api.client.getMigration('drain')).toMatchObject({
      id: 'within',
    });
    const { items } = await api.client.listVirtualMachines({ migrating: true });
    expect(items).toMatchObject([{ cluster: 'lab' }]);
    expect(items[0]).not.toHaveProperty('migration');
  });

  it('with conditions narrow machines', async () => {
    api.policy.decide(
      vmReadPermission,
      createVirtualMachineConditionalDecision(vmReadPermission, {
        allOf: [
          virtualMachineConditions.inNamespace({ namespaces: ['shop'] }),
          virtualMachineConditions.inDatacenter({ datacenters: ['kista'] }),
        ],
      }),
    );
    expect(await api.client.listVirtualMachines()).toMatchObject({
      totalItems: 1,
      items: [{ cluster: 'kista-1' }],
    });
    expect(await api.get('/virtual-machines/lab/shop/web')).toMatchObject({
      status: 404,
    });
    expect(await api.client.listDatacenters()).toMatchObject({
      items: [{ virtualMachines: 1 }, { virtualMachines: 0 }],
    });
  });

  it('with conditions narrow the change feed', async () => {
    const since = (await api.client.getChanges()).position.replace(/\d+$/, '0');
    api.policy.deny(vmReadPermission, clusterReadPermission);
    api.policy.decide(
      vmMigrationReadPermission,
      createVmMigrationConditionalDecision(
        vmMigrationReadPermission,
        vmMigrationConditions.inCluster({ clusters: ['lab'] }),
      ),
    );
    expect((await api.client.getChanges({ since })).changes).toMatchObject([
      { type: 'migration', migration: { id: 'running' } },
    ]);
  });

  it('hide moves from machines in the change feed', async () => {
    const since = (await api.client.getChanges()).position.replace(/\d+$/, '0');
    api.policy.deny(vmMigrationReadPermission, clusterReadPermission);
    const { changes } = await api.client.getChanges({ since });
    expect(changes).toHaveLength(3);
    for (const change of changes) {
      expect(change).toMatchObject({ type: 'virtual-machine' });
      expect(change).not.toHaveProperty('virtualMachine.migration');
    }
  });

  it('can be decided record by record, with the same result', async () => {
    const conditions = [
      vmMigrationConditions.inCluster({ clusters: ['kista-2', 'lab'] }),
      vmMigrationConditions.inDatacenter({ datacenters: ['sol*'] }),
      vmMigrationConditions.inNamespace({ namespaces: ['shop'] }),
      { not: vmMigrationConditions.inNamespace({ namespaces: ['shop'] }) },
    ];
    const ids = ['running', 'site', 'pair', 'half', 'within'];
    for (const condition of conditions) {
      const response = await fetch(
        `${api.baseUrl}/.well-known/backstage/permissions/apply-conditions`,
        {
          method: 'POST',
          headers: {
            Authorization: mockCredentials.service.header(),
            'Content-Type': 'application/json',
          },
          body: JSON.stringify({
            items: ids.map(id => ({
              id,
              resourceRef: id,
              resourceType: vmMigrationReadPermission.resourceType,
              conditions: condition,
            })),
          }),
        },
      );
      const { items }: { items: { id: string; result: string }[] } =
        await response.json();
      api.policy.decide(
        vmMigrationReadPermission,
        createVmMigrationConditionalDecision(
          vmMigrationReadPermission,
          condition,
        ),
      );
      expect(
        items.filter(({ result }) => result === 'ALLOW').map(({ id }) => id),
      ).toEqual(idsOf(await api.client.listMigrations()));
    }
  });

  it('are told to the permission system with their rules', async () => {
    const response = await fetch(
      `${api.baseUrl}/.well-known/backstage/permissions/metadata`,
    );
    expect(await response.json()).toMatchObject({
      permissions: expect.arrayContaining(
        [
          vmMigrationReadPermission,
          vmReadPermission,
          clusterReadPermission,
        ].map(({ name }) => expect.objectContaining({ name })),
      ),
      rules: expect.arrayContaining([
        expect.objectContaining({
          name: 'IN_NAMESPACE',
          resourceType: 'vm-migrations-virtual-machine',
        }),
      ]),
    });
  });
});
