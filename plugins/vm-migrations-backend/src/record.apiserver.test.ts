import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { JsonObject } from '@backstage/types';
import type { Migration } from 'backstage-plugin-vm-migrations-common';
import knexFactory from 'knex';
import { stringify } from 'yaml';
import { BackendProcess } from '../dev/backendProcess/BackendProcess';
import { describeWithKubeApiserver } from '../dev/kubeApiserver/describeWithKubeApiserver';
import { KubeApiserver } from '../dev/kubeApiserver/KubeApiserver';
import { EXPECTED } from './__testUtils__/sequences';

/*
 * The whole way on real parts: kubectl writes to a real kube-apiserver, the real backend
 * watches it as a process of its own, is killed at every turn, and answers by REST.
 */

const NAMESPACE = '00-test';
const NAME = 'forklift-6xkww';
const CLUSTER = 'planet';
const MANIFEST = join(
  __dirname,
  '__fixtures__',
  'sequences',
  'forklift-6xkww.yaml',
);
const VISIBLE_WITHIN_MS = 20_000;

interface Database {
  name: string;
  /** `backend.database` for the process; SQLite in its own folder when undefined. */
  config?: JsonObject;
  remove(): Promise<void>;
}

function postgresConnection(): string | undefined {
  return Object.entries(process.env)
    .filter(([key]) =>
      /^BACKSTAGE_TEST_DATABASE_POSTGRES\d+_CONNECTION_STRING$/.test(key),
    )
    .map(([, value]) => value)
    .find(value => value !== undefined && value !== '');
}

function databases(): Database[] {
  const connection = postgresConnection();
  const sqlite = { name: 'SQLite', remove: async () => {} };
  if (!connection) {
    process.stderr.write(
      'Left out: PostgreSQL. Set BACKSTAGE_TEST_DATABASE_POSTGRES<version>_CONNECTION_STRING.\n',
    );
    return [sqlite];
  }
  const prefix = `record_test_${process.pid}_`;
  return [
    sqlite,
    {
      name: 'PostgreSQL',
      config: { client: 'pg', connection, prefix },
      remove: async () => {
        const knex = knexFactory({ client: 'pg', connection });
        try {
          const { rows } = await knex.raw(
            'select datname from pg_database where datname like ?',
            [`${prefix}%`],
          );
          for (const { datname } of rows) {
            await knex.raw('drop database ?? with (force)', [datname]);
          }
        } finally {
          await knex.destroy();
        }
      },
    },
  ];
}

describeWithKubeApiserver()('a migration on a real kube-apiserver', () => {
  let server: KubeApiserver;

  beforeAll(async () => {
    server = await KubeApiserver.start({
      users: [{ token: 'watcher-token', user: 'vm-migrations' }],
    });
    await server.kubectl([
      'apply',
      '-f',
      join(__dirname, '..', 'dev', 'kubeApiserver', 'crds.yaml'),
    ]);
    await server.kubectl([
      'wait',
      '--for=condition=Established',
      'crd',
      '--all',
      '--timeout=60s',
    ]);
    await server.kubectl(['create', 'namespace', NAMESPACE]);
    await server.kubectl([
      'create',
      'clusterrole',
      'watcher',
      '--verb=get,list,watch',
      '--resource=virtualmachineinstancemigrations.kubevirt.io,virtualmachineinstances.kubevirt.io,virtualmachines.kubevirt.io',
    ]);
    await server.kubectl([
      'create',
      'clusterrolebinding',
      'watcher',
      '--clusterrole=watcher',
      '--user=vm-migrations',
    ]);
  }, 120_000);

  afterAll(async () => {
    await server?.stop();
  });

  describe.each(databases())('recorded in $name', database => {
    let backend: BackendProcess;

    beforeAll(async () => {
      backend = await BackendProcess.create({
        database: database.config,
        vmMigrations: {
          clusters: [
            {
              name: CLUSTER,
              url: server.url,
              caFile: server.caFile,
              serviceAccountToken: 'watcher-token',
            },
          ],
          datacenters: [{ id: 'orbit', title: 'Orbit', clusters: [CLUSTER] }],
        },
      });
    }, 60_000);

    afterAll(async () => {
      await backend?.remove();
      await database.remove();
    }, 60_000);

    /** Applies the manifest as kubectl must: the object, then its status. */
    async function applyManifest() {
      await server.kubectl(['apply', '--server-side', '-f', MANIFEST]);
      await server.kubectl([
        'apply',
        '--server-side',
        '--subresource=status',
        '-f',
        MANIFEST,
      ]);
    }

    /** Asks until the record is as wanted. */
    async function recordThat(
      wanted: (record: Migration) => boolean,
    ): Promise<Migration> {
      const reference = {
        cluster: CLUSTER,
        namespace: NAMESPACE,
        name: NAME,
      };
      const deadline = Date.now() + VISIBLE_WITHIN_MS;
      for (;;) {
        const { items } = await backend.client.listMigrations();
        if (items.length > 0) {
          const record = await backend.client.getMigration(reference);
          if (wanted(record)) {
            return record;
          }
        }
        if (Date.now() > deadline) {
          throw new Error(`Not as wanted: ${stringify(items)}`);
        }
        await setTimeout(50);
      }
    }

    it('is found by every route while it runs, through kills of the backend', async () => {
      await backend.start();
      await backend.kill('SIGKILL');
      await applyManifest();
      await backend.start();
      const record = await recordThat(({ phase }) => phase === 'Running');
      const [expected] = EXPECTED['forklift-6xkww.yaml'];
      expect(record).toMatchObject({
        vm: { name: expected.vm, namespace: expected.namespace },
        outcome: 'active',
        kind: 'in-cluster',
        source: { cluster: CLUSTER, datacenter: 'orbit', node: 'planet-01' },
        target: { cluster: CLUSTER, node: 'c-node-01.codell.io' },
      });

      const { client } = backend;
      const lists = await Promise.all([
        client.listMigrations(),
        client.listActiveMigrations(),
        client.listMigrationsByDatacenter('orbit'),
        client.listMigrationsByCluster(CLUSTER),
        client.listMigrationsByVirtualMachine('leech-johan'),
      ]);
      for (const { items } of lists) {
        expect(items.map(({ id }) => id)).toEqual([record.id]);
      }
      expect(await client.getMigration(record.id)).toEqual(record);
      expect(await client.getMigration(NAME)).toEqual(record);
    }, 120_000);

    it('ends as kubectl says, also when the backend is down meanwhile', async () => {
      await backend.kill('SIGKILL');
      await server.kubectl([
        '-n',
        NAMESPACE,
        'patch',
        'vmim',
        NAME,
        '--subresource=status',
        '--type=merge',
        '-p',
        JSON.stringify({ status: { phase: 'Succeeded' } }),
      ]);
      await backend.start();
      const record = await recordThat(({ phase }) => phase === 'Succeeded');
      expect(record.outcome).toBe('succeeded');
      expect(record.transitions.map(({ phase }) => phase)).toEqual([
        'Running',
        'Succeeded',
      ]);
      expect(record.endedAt).toBeDefined();
    }, 120_000);

    it('stays when the object is deleted and the backend starts once more', async () => {
      await server.kubectl(['-n', NAMESPACE, 'delete', 'vmim', NAME]);
      await recordThat(({ legs }) => legs.every(leg => leg.deleted));
      await backend.kill('SIGKILL');
      await backend.start();
      const record = await recordThat(() => true);
      expect(record).toMatchObject({
        phase: 'Succeeded',
        outcome: 'succeeded',
      });
      const { items, totalItems } = await backend.client.listMigrations();
      expect(totalItems).toBe(1);
      expect(items).toHaveLength(1);
    }, 120_000);
  });
});
