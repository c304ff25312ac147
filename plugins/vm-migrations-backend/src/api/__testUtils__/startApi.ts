import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { VmMigrationsClient } from 'backstage-plugin-vm-migrations-common';
import type { Knex } from 'knex';
import { batchOf } from '../../__testUtils__/observations';
import type { Observation } from '../../kubevirt/types';
import {
  ClusterStore,
  DatabaseMigrationReader,
  MigrationWriter,
} from '../../store';
import type { Clock } from '../../watch/types';
import { ChangeNotifier } from '../changes';
import { createRouter } from '../createRouter';
import { checkAnswer } from './answerCheck';
import { TestPolicy } from './TestPolicy';

/** The API over HTTP, on a database, with everything that a test may want to move. */
export interface TestApi {
  /** Where the plugin is mounted. */
  baseUrl: string;
  policy: TestPolicy;
  changes: ChangeNotifier;
  clusters: ClusterStore;
  client: VmMigrationsClient;
  /** Asks for a path below `/v1` and holds the answer to the OpenAPI document. */
  get(
    path: string,
    init?: RequestInit,
  ): Promise<{ status: number; body: unknown }>;
  /** Commits what was seen, as this replica. */
  observe(...observations: Observation[]): Promise<void>;
  /** Commits what was seen, as another replica. */
  observeElsewhere(...observations: Observation[]): Promise<void>;
  stop(): Promise<void>;
}

export async function startApi(options: {
  knex: Knex;
  clock: Clock;
}): Promise<TestApi> {
  const { knex, clock } = options;
  const policy = new TestPolicy();
  const reader = new DatabaseMigrationReader(knex);
  const writer = new MigrationWriter(knex);
  const started = Promise.withResolvers<ChangeNotifier>();

  const plugin = createBackendPlugin({
    pluginId: 'vm-migrations',
    register(env) {
      env.registerInit({
        deps: {
          httpRouter: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          logger: coreServices.logger,
        },
        async init({ httpRouter, ...services }) {
          const { logger } = services;
          const changes = new ChangeNotifier({ reader, clock, logger });
          httpRouter.use(
            createRouter({ ...services, reader, changes, clock, demo: true }),
          );
          started.resolve(changes);
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [plugin, policy.serviceFactory()],
  });
  const changes = await started.promise;
  const baseUrl = `http://localhost:${backend.server.port()}/api/vm-migrations`;

  async function fetchChecked(
    input: string | URL | Request,
    init?: RequestInit,
  ): Promise<Response> {
    const response = await fetch(input, init);
    const path = new URL(response.url).pathname.split('/v1')[1];
    checkAnswer(path, response.status, await response.clone().json());
    return response;
  }

  async function observeElsewhere(
    ...observations: Observation[]
  ): Promise<void> {
    await writer.apply(batchOf({ observations }));
  }

  return {
    baseUrl,
    policy,
    changes,
    clusters: new ClusterStore(knex),
    client: new VmMigrationsClient({
      discoveryApi: { getBaseUrl: async () => baseUrl },
      fetchApi: { fetch: fetchChecked },
    }),
    async get(path, init) {
      const response = await fetchChecked(`${baseUrl}/v1${path}`, init);
      return { status: response.status, body: await response.json() };
    },
    observeElsewhere,
    async observe(...observations) {
      await observeElsewhere(...observations);
      changes.notify();
    },
    async stop() {
      changes.stop();
      await backend.stop();
    },
  };
}
