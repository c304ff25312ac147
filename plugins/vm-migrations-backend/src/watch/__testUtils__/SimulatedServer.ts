import { KubeConfig } from '@kubernetes/client-node';
import {
  ApiServer,
  bootstrapCluster,
  CORE_RESOURCES,
  KUBEVIRT_RESOURCES,
  ObjectStore,
  RealClock,
  SeededRandom,
} from 'kubevirt-simulator';
import type { WatchServer } from './WatchServer';

const PLURAL = 'virtualmachines';
const NAMESPACE = 'default';

/** The watch contract's server, simulated. */
export class SimulatedServer implements WatchServer {
  readonly #store: ObjectStore;
  #server: ApiServer;
  #renewals = 0;
  #faults: number[] = [];

  private constructor(store: ObjectStore, server: ApiServer) {
    this.#store = store;
    this.#server = server;
  }

  static async start(): Promise<SimulatedServer> {
    const store = new ObjectStore({
      clock: new RealClock(),
      random: SeededRandom.create(1),
      resources: [...KUBEVIRT_RESOURCES, ...CORE_RESOURCES],
    });
    bootstrapCluster(store);
    const simulated = new SimulatedServer(
      store,
      await SimulatedServer.#listen(store),
    );
    await simulated.grant();
    return simulated;
  }

  static async #listen(store: ObjectStore, port?: number): Promise<ApiServer> {
    return ApiServer.start({
      name: 'test',
      store,
      clock: new RealClock(),
      port,
      users: [],
    });
  }

  get #token(): string {
    return `token-${this.#renewals}`;
  }

  async connect(): Promise<KubeConfig> {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromString(JSON.stringify(this.#server.kubeconfig()));
    return kubeConfig;
  }

  async create(name: string, value: string): Promise<void> {
    this.#store.create(PLURAL, {
      metadata: { name, namespace: NAMESPACE, labels: { value } },
    });
  }

  async modify(name: string, value: string): Promise<void> {
    this.#store.update(PLURAL, NAMESPACE, name, machine => {
      machine.metadata.labels = { value };
    });
  }

  async remove(...names: string[]): Promise<void> {
    for (const name of names) {
      this.#store.delete(PLURAL, NAMESPACE, name);
    }
  }

  async reset(): Promise<void> {
    this.#server.faults.clear();
    await this.grant();
    await this.#removeAll();
  }

  async #removeAll(): Promise<void> {
    await this.remove(
      ...this.#store.list(PLURAL).map(({ metadata }) => metadata.name),
    );
  }

  async forgetHistory(): Promise<void> {
    this.#store.compact();
  }

  async renewCredentials(): Promise<void> {
    this.#renewals += 1;
    await this.grant();
    this.#server.faults.add({ kind: 'drop-connections' });
  }

  async deny(): Promise<void> {
    this.#setRules([]);
  }

  async grant(): Promise<void> {
    this.#setRules(['list', 'watch']);
  }

  #setRules(verbs: string[]): void {
    this.#server.access.setUsers([
      {
        name: 'watcher',
        token: this.#token,
        rules: [{ apiGroups: ['kubevirt.io'], resources: ['*'], verbs }],
      },
    ]);
  }

  async uninstall(): Promise<void> {
    await this.#removeAll();
    this.#faults.push(
      this.#server.faults.add({ kind: 'absent', resource: PLURAL }),
    );
  }

  async install(): Promise<void> {
    this.#removeFaults();
  }

  async crash(): Promise<void> {
    await this.#server.stop();
  }

  async restart(): Promise<void> {
    const { port } = new URL(this.#server.url);
    this.#server = await SimulatedServer.#listen(this.#store, Number(port));
    await this.grant();
  }

  async freeze(): Promise<void> {
    this.#faults.push(this.#server.faults.add({ kind: 'stall' }));
  }

  async thaw(): Promise<void> {
    this.#removeFaults();
  }

  #removeFaults(): void {
    for (const fault of this.#faults.splice(0)) {
      this.#server.faults.remove(fault);
    }
  }

  async close(): Promise<void> {
    await this.#server.stop();
  }
}
