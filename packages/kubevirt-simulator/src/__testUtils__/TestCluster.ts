import { ApiServer, ensureNamespace } from '../apiserver';
import type { ApiServerOptions } from '../apiserver';
import { VirtualClock } from '../clock';
import { SeededRandom } from '../random';
import { CORE_RESOURCES, KUBEVIRT_RESOURCES, ObjectStore } from '../store';
import { HttpClient } from './HttpClient';

export const MIGRATIONS = 'virtualmachineinstancemigrations';
export const INSTANCES = 'virtualmachineinstances';
/** Where the migrations of the namespace `erp` are. */
export const MIGRATIONS_PATH = `/apis/kubevirt.io/v1/namespaces/erp/${MIGRATIONS}`;
export const ALL_MIGRATIONS_PATH = `/apis/kubevirt.io/v1/${MIGRATIONS}`;
export const INSTANCES_PATH = `/apis/kubevirt.io/v1/namespaces/erp/${INSTANCES}`;

export const START_TIME = Date.UTC(2026, 2, 6, 11, 0, 0);

export interface TestClusterOptions {
  historyLimit?: number;
  users?: ApiServerOptions['users'];
  onRequest?: ApiServerOptions['onRequest'];
}

/** A cluster with a namespace `erp`, its clock standing still, and a client that speaks to it. */
export class TestCluster {
  readonly clock: VirtualClock;
  readonly store: ObjectStore;
  readonly server: ApiServer;
  readonly client: HttpClient;

  private constructor(
    clock: VirtualClock,
    store: ObjectStore,
    server: ApiServer,
  ) {
    this.clock = clock;
    this.store = store;
    this.server = server;
    this.client = new HttpClient(server.url);
  }

  static async start(options: TestClusterOptions = {}): Promise<TestCluster> {
    const clock = new VirtualClock(START_TIME);
    const store = new ObjectStore({
      clock,
      random: SeededRandom.create(1),
      resources: [...KUBEVIRT_RESOURCES, ...CORE_RESOURCES],
      historyLimit: options.historyLimit,
    });
    ensureNamespace(store, 'erp');
    const server = await ApiServer.start({
      name: 'kista-1',
      store,
      clock,
      users: options.users,
      onRequest: options.onRequest,
    });
    return new TestCluster(clock, store, server);
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.server.stop();
  }

  /** Adds a migration behind the back of the API. */
  addMigration(name: string, labels: Record<string, string> = {}): void {
    this.store.create(MIGRATIONS, {
      metadata: { name, namespace: 'erp', labels },
      spec: { vmiName: 'crm' },
    });
  }

  setPhase(name: string, phase: string): void {
    this.store.update(
      MIGRATIONS,
      'erp',
      name,
      draft => {
        draft.status = { phase };
      },
      { subresource: 'status' },
    );
  }
}
