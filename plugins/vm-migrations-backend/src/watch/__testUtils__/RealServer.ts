import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { KubeApiserver } from '../../../dev/kubeApiserver/KubeApiserver';
import type { WatchServer } from './WatchServer';

const REPOSITORY = path.resolve(__dirname, '../../../../..');
const CRDS = path.resolve(__dirname, '../../../dev/kubeApiserver/crds.yaml');
/** As it is shipped: a right that it lacks shows here. */
const RBAC = path.join(REPOSITORY, 'docs', 'rbac.yaml');
const DEFINITION = 'virtualmachines.kubevirt.io';
const ACCOUNT = ['serviceaccount', 'vm-migrations', '-n', 'vm-migrations'];

/** The watch contract's server, a real kube-apiserver with a service account as documented. */
export class RealServer implements WatchServer {
  readonly #server: KubeApiserver;

  private constructor(server: KubeApiserver) {
    this.#server = server;
  }

  static async start(): Promise<RealServer> {
    const server = await KubeApiserver.start();
    const real = new RealServer(server);
    await real.install();
    await real.grant();
    return real;
  }

  async #kubectl(args: string[], input?: string): Promise<string> {
    return this.#server.kubectl(args, input);
  }

  async connect(): Promise<KubeConfig> {
    const token = await this.#kubectl([
      'create',
      'token',
      'vm-migrations',
      '-n',
      'vm-migrations',
    ]);
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(
      {
        name: 'test',
        server: this.#server.url,
        caFile: this.#server.caFile,
        skipTLSVerify: false,
      },
      { name: 'test', token: token.trim() },
    );
    return kubeConfig;
  }

  async create(name: string, value: string): Promise<void> {
    const machine = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name, namespace: 'default', labels: { value } },
    };
    await this.#kubectl(['create', '-f', '-'], JSON.stringify(machine));
  }

  async modify(name: string, value: string): Promise<void> {
    await this.#kubectl(['label', '--overwrite', 'vm', name, `value=${value}`]);
  }

  async remove(...names: string[]): Promise<void> {
    await this.#kubectl(['delete', 'vm', ...names]);
  }

  async reset(): Promise<void> {
    this.#server.resume();
    await this.install();
    await this.grant();
    await this.#kubectl(['delete', 'vm', '--all']);
  }

  async forgetHistory(): Promise<void> {
    await this.#server.compact();
    // The watch cache knows more than etcd, until it is filled anew.
    await this.crash();
    await this.restart();
  }

  async renewCredentials(): Promise<void> {
    await this.#kubectl(['delete', ...ACCOUNT]);
    await this.grant();
    // Tokens that were good are remembered for 10 s.
    await this.crash();
    await this.restart();
  }

  async deny(): Promise<void> {
    await this.#kubectl(['delete', 'clusterrolebinding', 'vm-migrations']);
  }

  async grant(): Promise<void> {
    await this.#kubectl(['apply', '-f', RBAC]);
  }

  async uninstall(): Promise<void> {
    await this.#kubectl(['delete', 'crd', DEFINITION]);
  }

  async install(): Promise<void> {
    await this.#kubectl(['apply', '-f', CRDS]);
    await this.#kubectl([
      'wait',
      '--for=condition=Established',
      'crd',
      DEFINITION,
    ]);
  }

  async crash(): Promise<void> {
    await this.#server.kill();
  }

  async restart(): Promise<void> {
    await this.#server.startApiserver();
  }

  async freeze(): Promise<void> {
    this.#server.pause();
  }

  async thaw(): Promise<void> {
    this.#server.resume();
  }

  async close(): Promise<void> {
    await this.#server.stop();
  }
}
