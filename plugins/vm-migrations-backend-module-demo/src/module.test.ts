import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  vmMigrationsClustersExtensionPoint,
  type ClusterSupplier,
} from 'backstage-plugin-vm-migrations-node';
import { vmMigrationsDemoModule } from './module';

/** Starts a backend whose vm-migrations plugin does nothing but collect suppliers. */
async function startWith(demo: JsonObject | undefined) {
  const suppliers: ClusterSupplier[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'vm-migrations',
    register(env) {
      env.registerExtensionPoint(vmMigrationsClustersExtensionPoint, {
        addClusterSupplier: supplier => suppliers.push(supplier),
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      vmMigrationsDemoModule,
      mockServices.rootConfig.factory({
        data: demo ? { vmMigrations: { demo } } : {},
      }),
    ],
  });
  return { suppliers, backend };
}

const MACHINE =
  '/apis/kubevirt.io/v1/namespaces/backup/virtualmachines/backup-01';
const MIGRATIONS = '/apis/kubevirt.io/v1/virtualmachineinstancemigrations';

function uidOf(machine: unknown): string | undefined {
  return /"uid":"([^"]+)"/.exec(JSON.stringify(machine))?.[1];
}

describe('vmMigrationsDemoModule', () => {
  it.each([undefined, {}, { enabled: false }])(
    'adds nothing with %p',
    async demo => {
      const { suppliers, backend } = await startWith(demo);
      expect(suppliers).toEqual([]);
      await backend.stop();
    },
  );

  it('adds simulated clusters at sites with coordinates, and says so', async () => {
    const { suppliers, backend } = await startWith({ enabled: true });
    const [{ clusters, datacenters, demo }] = await Promise.all(
      suppliers.map(supplier => supplier.getClusters()),
    );
    expect(demo).toBe(true);
    expect(clusters.map(({ name }) => name)).toEqual([
      'kista-1',
      'kista-2',
      'solna-1',
      'sodermalm-1',
      'lulea-1',
    ]);
    expect(datacenters).toHaveLength(4);
    expect(datacenters).toContainEqual({
      id: 'kista',
      title: 'Kista',
      location: 'Stockholm, Sweden',
      coordinates: { latitude: expect.closeTo(59.4, 1), longitude: 17.9448 },
      clusters: ['kista-1', 'kista-2'],
    });

    const kubeConfig = await clusters[0].connect();
    expect(kubeConfig.getCurrentContext()).toBe('kista-1');
    const cluster = kubeConfig.getCurrentCluster();
    expect(cluster).toMatchObject({ skipTLSVerify: true });
    const server = cluster?.server ?? '';
    expect(new URL(server).hostname).toBe('127.0.0.1');
    const answer = await fetch(`${server}${MIGRATIONS}`);
    const list: unknown = await answer.json();
    expect(list).toMatchObject({
      kind: 'VirtualMachineInstanceMigrationList',
      items: expect.arrayContaining([
        expect.objectContaining({ kind: 'VirtualMachineInstanceMigration' }),
      ]),
    });

    await backend.stop();
    await expect(fetch(`${server}${MIGRATIONS}`)).rejects.toThrow();
  });

  it('gives the same machines for the same seed only', async () => {
    const machineWith = async (seed: number): Promise<unknown> => {
      const { suppliers, backend } = await startWith({ enabled: true, seed });
      const { clusters } = await suppliers[0].getClusters();
      const kubeConfig = await clusters[4].connect();
      const answer = await fetch(
        `${kubeConfig.getCurrentCluster()?.server}${MACHINE}`,
      );
      const machine: unknown = await answer.json();
      await backend.stop();
      return machine;
    };
    const first = uidOf(await machineWith(7));
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(uidOf(await machineWith(7))).toBe(first);
    expect(uidOf(await machineWith(8))).not.toBe(first);
  });

  it.each([1.5, 3_000_000_000])('refuses the seed %p', async seed => {
    await expect(startWith({ enabled: true, seed })).rejects.toThrow(
      /vmMigrations\.demo\.seed/,
    );
  });
});
