import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { JsonObject } from '@backstage/types';
import {
  VmMigrationsClient,
  type Cluster,
} from 'backstage-plugin-vm-migrations-common';
import { freePort } from '../freePort';

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 20;

export interface BackendProcessOptions {
  /** The `vmMigrations` part of the configuration. */
  vmMigrations: JsonObject;
  /** The `backend.database` part; a SQLite file in a folder of its own unless given. */
  database?: JsonObject;
  /** Takes what the backend logs; nowhere unless given. */
  onLog?(text: string): void;
}

/**
 * The real backend as a process of its own, to be asked, killed and started again on the
 * same database and port.
 */
export class BackendProcess {
  readonly #folder: string;
  readonly #port: number;
  readonly #token: string;
  readonly #onLog: (text: string) => void;
  #child: ChildProcess | undefined;
  #log = '';

  private constructor(
    folder: string,
    port: number,
    token: string,
    onLog: (text: string) => void,
  ) {
    this.#folder = folder;
    this.#port = port;
    this.#token = token;
    this.#onLog = onLog;
  }

  /** Prepares a folder, a port and a token; `start` starts the process. */
  static async create(options: BackendProcessOptions): Promise<BackendProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'vm-migrations-'));
    const port = await freePort();
    const token = randomBytes(16).toString('hex');
    const config = {
      app: { baseUrl: `http://127.0.0.1:${port}` },
      backend: {
        baseUrl: `http://127.0.0.1:${port}`,
        listen: { host: '127.0.0.1', port },
        database: options.database ?? {
          client: 'better-sqlite3',
          connection: { directory: folder },
        },
        auth: {
          externalAccess: [
            { type: 'static', options: { token, subject: 'tools' } },
          ],
        },
      },
      vmMigrations: options.vmMigrations,
    };
    await writeFile(join(folder, 'app-config.yaml'), JSON.stringify(config));
    return new BackendProcess(folder, port, token, options.onLog ?? (() => {}));
  }

  /** A client of the backend's API. */
  get client(): VmMigrationsClient {
    return new VmMigrationsClient({
      discoveryApi: {
        getBaseUrl: async pluginId =>
          `http://127.0.0.1:${this.#port}/api/${pluginId}`,
      },
      fetchApi: {
        fetch: (input, init) =>
          fetch(input, {
            ...init,
            headers: {
              ...Object.fromEntries(new Headers(init?.headers)),
              authorization: `Bearer ${this.#token}`,
            },
          }),
      },
    });
  }

  /** Of the running process. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts the process and waits until its API answers. */
  async start(): Promise<void> {
    this.#log = '';
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(__dirname, 'main.ts'),
        '--config',
        join(this.#folder, 'app-config.yaml'),
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'info' },
      },
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#log = (this.#log + text).slice(-4_000);
        this.#onLog(text);
      });
    }
    this.#child = child;
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (!(await this.#answers())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await this.kill('SIGKILL');
        throw new Error(`The backend did not start:\n${this.#log}`);
      }
      await setTimeout(POLL_MS);
    }
  }

  /** Sends the signal and waits until the process is gone. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
  }

  /** Ends the process if it runs, and removes its folder. */
  async remove(): Promise<void> {
    await this.kill('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }

  /**
   * Waits until the clusters are as the caller wants them. Asking costs the backend a count
   * of all machines, so whoever measures it asks less often.
   *
   * @throws Error with the clusters' health when that does not happen in time
   */
  async waitForClusters(
    wanted: (clusters: Cluster[]) => boolean,
    timeoutMs: number,
    pollMs = POLL_MS,
  ): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const { items } = await this.client.listClusters();
      if (wanted(items)) {
        return;
      }
      if (Date.now() > deadline) {
        throw new Error(
          `The clusters are not as wanted: ${JSON.stringify(items)}\n${
            this.#log
          }`,
        );
      }
      await setTimeout(pollMs);
    }
  }

  async #answers(): Promise<boolean> {
    try {
      await this.client.getStatus();
      return true;
    } catch {
      // Not yet; the caller asks again until its deadline.
      return false;
    }
  }
}
