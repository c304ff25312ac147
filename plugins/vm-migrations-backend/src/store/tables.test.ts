import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createMockDirectory } from '@backstage/backend-test-utils';
import createKnex, { type Knex } from 'knex';
import { describeEachDatabase } from '../__testUtils__/databases';
import {
  batchOf,
  instanceObservation,
  migrationObservation,
  timeAt,
} from '../__testUtils__/observations';
import { ClusterStore } from './ClusterStore';
import { DatabaseMigrationReader } from './DatabaseMigrationReader';
import { MigrationWriter } from './MigrationWriter';
import { openDatabase } from './openDatabase';

const directory = resolvePackagePath(
  'backstage-plugin-vm-migrations-backend',
  'migrations',
);

const TABLES = [
  'clusters',
  'datacenters',
  'feed',
  'leases',
  'legs',
  'migration_merges',
  'migrations',
  'replicas',
  'virtual_machines',
  'watch_positions',
];

async function fill(knex: Knex): Promise<void> {
  await new ClusterStore(knex).saveClusters(
    [{ name: 'alpha' }],
    [{ id: 'kista', title: 'Kista', clusters: ['alpha'] }],
  );
  await knex('leases').insert({
    cluster: 'alpha',
    holder: 'replica',
    expires_at: Date.now(),
    fencing: 1,
  });
  await knex('replicas').insert({ id: 'replica', expires_at: Date.now() });
  await knex('migration_merges').insert({ id: 'a', into_id: 'b', position: 1 });
  await new MigrationWriter(knex).apply(
    batchOf({
      observations: [
        migrationObservation({ uid: 'm1' }),
        instanceObservation(),
      ],
      positions: [
        {
          cluster: 'alpha',
          resource: 'r',
          resourceVersion: '1',
          observedAt: timeAt(1),
        },
      ],
    }),
  );
}

describeEachDatabase('20261124120000_init.js', createDatabase => {
  it('creates tables that can be filled', async () => {
    const knex = await createDatabase();
    await fill(knex);

    for (const table of TABLES) {
      expect(await knex(table)).toHaveLength(1);
    }
  });

  it('goes back with data in the tables, and forward again', async () => {
    const knex = await createDatabase();
    await fill(knex);
    const [{ id }] = await knex('feed');
    await knex.migrate.rollback({ directory });

    for (const table of TABLES) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }

    await openDatabase({ getClient: async () => knex });
    await fill(knex);

    expect(
      await new DatabaseMigrationReader(knex).getMigration('m1'),
    ).toBeDefined();
    const [feed] = await knex('feed');
    expect(feed.id).not.toBe(id);
  });
});

describe('openDatabase on a file', () => {
  it('does not make commits wait for the disk', async () => {
    const folder = createMockDirectory();
    const knex = createKnex({
      client: 'better-sqlite3',
      connection: { filename: folder.resolve('record.sqlite') },
      useNullAsDefault: true,
    });
    await openDatabase({ getClient: async () => knex });

    expect(await knex.raw('pragma journal_mode')).toEqual([
      { journal_mode: 'wal' },
    ]);
    expect(await knex.raw('pragma synchronous')).toEqual([{ synchronous: 1 }]);
    await knex.destroy();
  });

  it('refuses a database that it was not made for', async () => {
    const knex = createKnex({ client: 'mysql2' });

    await expect(openDatabase({ getClient: async () => knex })).rejects.toThrow(
      'PostgreSQL or SQLite',
    );
  });
});

describeEachDatabase('openDatabase', createDatabase => {
  it('keeps what is there when it is opened again', async () => {
    const knex = await createDatabase();
    await fill(knex);
    await openDatabase({ getClient: async () => knex });

    expect(await knex('migrations')).toHaveLength(1);
  });

  it('leaves the tables to somebody else when it is told to', async () => {
    const knex = await createDatabase();
    await knex.migrate.rollback({ directory });
    await openDatabase({
      getClient: async () => knex,
      migrations: { skip: true },
    });

    expect(await knex.schema.hasTable('legs')).toBe(false);
  });
});
