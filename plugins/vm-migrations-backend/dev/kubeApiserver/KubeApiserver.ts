import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { ChildProcess } from './ChildProcess';
import { freePort } from '../freePort';

/**
 * A real kube-apiserver with its etcd on free loopback ports, for tests and benchmarks:
 * no controllers, RBAC on, static tokens. A CustomResourceDefinition has no webhooks here;
 * what KubeVirt's own would write, the test writes.
 *
 * The programs are found as envtest finds them: in the folder that the environment
 * variable KUBEBUILDER_ASSETS names.
 */

/** A user of the API server, known by a static bearer token. */
export interface TokenUser {
  token: string;
  user: string;
  /** `system:masters` may do everything. */
  groups?: string[];
}

export interface KubeApiserverOptions {
  /** Users beside the administrator. */
  users?: TokenUser[];
  /** Further flags of kube-apiserver, for example `--watch-cache=false`. */
  flags?: string[];
}

const etcdAnswerSchema = z.object({
  header: z.object({ revision: z.string() }),
});

const READY_TIMEOUT_MS = 60_000;
const READY_POLL_MS = 100;

export class KubeApiserver {
  /** Token of the administrator. */
  readonly token = randomBytes(16).toString('hex');
  /** Base URL, https. */
  readonly url: string;
  readonly caFile: string;
  /** Path of the administrator's kubeconfig. */
  readonly kubeconfig: string;
  readonly #assets: string;
  readonly #folder: string;
  readonly #ports: { api: number; etcd: number; peer: number };
  readonly #flags: string[];
  #users: TokenUser[];
  #etcd: ChildProcess | undefined;
  #apiserver: ChildProcess | undefined;

  private constructor(options: {
    assets: string;
    folder: string;
    ports: { api: number; etcd: number; peer: number };
    users: TokenUser[];
    flags: string[];
  }) {
    this.#assets = options.assets;
    this.#folder = options.folder;
    this.#ports = options.ports;
    this.#users = options.users;
    this.#flags = options.flags;
    this.url = `https://127.0.0.1:${options.ports.api}`;
    this.caFile = path.join(options.folder, 'certs', 'apiserver.crt');
    this.kubeconfig = path.join(options.folder, 'admin.kubeconfig');
  }

  /** The folder with the programs, or undefined when this machine has none. */
  static assets(): string | undefined {
    return process.env.KUBEBUILDER_ASSETS || undefined;
  }

  /**
   * Starts etcd and kube-apiserver and returns when the API answers.
   *
   * @throws Error when KUBEBUILDER_ASSETS is not set, or a program does not come up; the
   * message has the end of what it printed.
   */
  static async start(
    options: KubeApiserverOptions = {},
  ): Promise<KubeApiserver> {
    const assets = KubeApiserver.assets();
    if (assets === undefined) {
      throw new Error(
        'KUBEBUILDER_ASSETS does not name a folder with kube-apiserver, etcd and kubectl',
      );
    }
    const folder = await mkdtemp(path.join(os.tmpdir(), 'kube-apiserver-'));
    const server = new KubeApiserver({
      assets,
      folder,
      ports: {
        api: await freePort(),
        etcd: await freePort(),
        peer: await freePort(),
      },
      users: options.users ?? [],
      flags: options.flags ?? [],
    });
    try {
      await server.#prepare();
      await server.#startEtcd();
      await server.startApiserver();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  async #prepare(): Promise<void> {
    await mkdir(path.join(this.#folder, 'certs'));
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    await writeFile(path.join(this.#folder, 'sa.key'), privateKey, {
      mode: 0o600,
    });
    await this.writeKubeconfig(this.kubeconfig, this.token);
  }

  /**
   * Writes a kubeconfig with one context, `test`.
   *
   * @param token of a user, or of a service account
   */
  async writeKubeconfig(file: string, token: string): Promise<void> {
    const kubeconfig = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'test',
      clusters: [
        {
          name: 'test',
          cluster: { server: this.url, 'certificate-authority': this.caFile },
        },
      ],
      users: [{ name: 'test', user: { token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    };
    await writeFile(file, JSON.stringify(kubeconfig, undefined, 2), {
      mode: 0o600,
    });
  }

  /** A path in the folder that `stop` removes. */
  file(name: string): string {
    return path.join(this.#folder, name);
  }

  async #startEtcd(): Promise<void> {
    const url = `http://127.0.0.1:${this.#ports.etcd}`;
    const peerUrl = `http://127.0.0.1:${this.#ports.peer}`;
    this.#etcd = await ChildProcess.start(
      path.join(this.#assets, 'etcd'),
      [
        `--data-dir=${path.join(this.#folder, 'etcd')}`,
        '--unsafe-no-fsync',
        `--listen-client-urls=${url}`,
        `--advertise-client-urls=${url}`,
        `--listen-peer-urls=${peerUrl}`,
        `--initial-advertise-peer-urls=${peerUrl}`,
        `--initial-cluster=default=${peerUrl}`,
      ],
      path.join(this.#folder, 'etcd.log'),
    );
  }

  /**
   * Starts kube-apiserver on the same etcd and port as before, after `kill` or `end`.
   *
   * @param users replace those of before; tokens are only read at the start
   */
  async startApiserver(users: TokenUser[] = this.#users): Promise<void> {
    this.#users = users;
    const tokens = [
      { token: this.token, user: 'admin', groups: ['system:masters'] },
      ...users,
    ].map(({ token, user, groups = [] }) =>
      [token, user, user, `"${groups.join(',')}"`].join(','),
    );
    const tokenFile = path.join(this.#folder, 'tokens.csv');
    await writeFile(tokenFile, `${tokens.join('\n')}\n`, { mode: 0o600 });
    const serviceAccountKey = path.join(this.#folder, 'sa.key');
    this.#apiserver = await ChildProcess.start(
      path.join(this.#assets, 'kube-apiserver'),
      [
        `--etcd-servers=http://127.0.0.1:${this.#ports.etcd}`,
        `--secure-port=${this.#ports.api}`,
        '--bind-address=127.0.0.1',
        `--cert-dir=${path.join(this.#folder, 'certs')}`,
        '--service-cluster-ip-range=10.0.0.0/24',
        '--service-account-issuer=https://kubernetes.default.svc',
        `--service-account-key-file=${serviceAccountKey}`,
        `--service-account-signing-key-file=${serviceAccountKey}`,
        `--token-auth-file=${tokenFile}`,
        '--authorization-mode=RBAC',
        '--disable-admission-plugins=ServiceAccount',
        '--endpoint-reconciler-type=none',
        ...this.#flags,
      ],
      path.join(this.#folder, 'kube-apiserver.log'),
    );
    await this.#ready(this.#apiserver);
  }

  async #ready(apiserver: ChildProcess): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (!(await this.#answersOk())) {
      if (!apiserver.running || Date.now() > deadline) {
        throw new Error(
          `kube-apiserver did not come up: ${await apiserver.output()}`,
        );
      }
      await setTimeout(READY_POLL_MS);
    }
  }

  async #answersOk(): Promise<boolean> {
    let ca: Buffer;
    try {
      ca = await readFile(this.caFile);
    } catch {
      return false;
    }
    return new Promise(resolve => {
      https
        .get(
          `${this.url}/readyz`,
          {
            ca,
            agent: false,
            headers: { authorization: `Bearer ${this.token}` },
          },
          response => {
            response.resume();
            resolve(response.statusCode === 200);
          },
        )
        .on('error', () => resolve(false));
    });
  }

  /**
   * Runs kubectl as the administrator and returns what it prints on standard output.
   *
   * @param input goes to its standard input, for `-f -`
   * @throws Error with what kubectl printed on standard error
   */
  async kubectl(args: string[], input?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = execFile(
        path.join(this.#assets, 'kubectl'),
        ['--kubeconfig', this.kubeconfig, ...args],
        { maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => {
          if (error) {
            reject(new Error(`kubectl ${args.join(' ')}: ${stderr}`));
          } else {
            resolve(stdout);
          }
        },
      );
      child.stdin?.end(input ?? '');
    });
  }

  /** Throws away etcd's history up to now: older resource versions are answered with 410. */
  async compact(): Promise<void> {
    const { header } = await this.#etcdCall('/v3/maintenance/status', {});
    await this.#etcdCall('/v3/kv/compaction', {
      revision: header.revision,
      physical: true,
    });
  }

  async #etcdCall(
    route: string,
    body: object,
  ): Promise<z.infer<typeof etcdAnswerSchema>> {
    const response = await fetch(
      `http://127.0.0.1:${this.#ports.etcd}${route}`,
      {
        method: 'POST',
        body: JSON.stringify(body),
      },
    );
    if (!response.ok) {
      throw new Error(`etcd ${route}: ${await response.text()}`);
    }
    return etcdAnswerSchema.parse(await response.json());
  }

  /** Stops kube-apiserver as a crash does; etcd goes on. */
  async kill(): Promise<void> {
    await this.#apiserver?.end('SIGKILL');
  }

  /** Stops kube-apiserver in order: it ends its watches. etcd goes on. */
  async end(): Promise<void> {
    await this.#apiserver?.end('SIGTERM');
  }

  /** Freezes kube-apiserver: its sockets stay open and nothing answers (half-open). */
  pause(): void {
    this.#apiserver?.signal('SIGSTOP');
  }

  /** Undoes `pause`. */
  resume(): void {
    this.#apiserver?.signal('SIGCONT');
  }

  /** Stops both programs and removes everything they wrote. */
  async stop(): Promise<void> {
    await this.#apiserver?.end('SIGKILL');
    await this.#etcd?.end('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }
}
