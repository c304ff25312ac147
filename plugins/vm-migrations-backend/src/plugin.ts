import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  vmMigrationsClustersExtensionPoint,
  type ClusterSupplier,
} from 'backstage-plugin-vm-migrations-node';
import { ChangeNotifier, createRouter, Doorbell } from './api';
import { findClusters } from './findClusters';
import { Recorder } from './recording';
import {
  ClusterStore,
  DatabaseMigrationReader,
  MigrationWriter,
  openDatabase,
  rederiveMigrations,
} from './store';
import { SystemClock } from './watch';

/**
 * Watches KubeVirt clusters, keeps one record per VM migration for good and serves it by
 * REST under `/api/vm-migrations/v1`. Only wiring here: each part is a folder of its own,
 * and docs/architecture.md says how data flows through them.
 *
 * @public
 */
export const vmMigrationsPlugin = createBackendPlugin({
  pluginId: 'vm-migrations',
  register(env) {
    const suppliers: ClusterSupplier[] = [];
    env.registerExtensionPoint(vmMigrationsClustersExtensionPoint, {
      addClusterSupplier: supplier => suppliers.push(supplier),
    });

    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        instance: coreServices.rootInstanceMetadata,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
      },
      async init({ config, database, instance, lifecycle, logger, ...deps }) {
        const { clusters, datacenters, demo } = await findClusters({
          config,
          suppliers,
          logger,
        });
        const knex = await openDatabase(database);
        const clock = new SystemClock();
        const reader = new DatabaseMigrationReader(knex);
        const clusterStore = new ClusterStore(knex);
        await clusterStore.saveClusters(clusters, datacenters);

        const changes = new ChangeNotifier({ reader, clock, logger });
        const doorbell = new Doorbell({
          signals: deps.signals,
          clock,
          logger,
        });
        const recorder = new Recorder({
          knex,
          records: new MigrationWriter(knex),
          clusterStore,
          sources: clusters,
          replicaId: instance.getId(),
          clock,
          logger,
          onCommit: ({ position, changed }) => {
            if (changed) {
              changes.notify();
              doorbell.ring(position);
            }
          },
        });

        deps.httpRouter.use(
          createRouter({ ...deps, reader, logger, changes, clock, demo }),
        );

        const stop = new AbortController();
        let rederiving = Promise.resolve();
        lifecycle.addStartupHook(async () => {
          await recorder.start();
          rederiving = rederiveMigrations({
            knex,
            logger,
            signal: stop.signal,
            now: () => clock.now(),
          }).catch(error =>
            logger.error('Deriving older records again failed', error),
          );
        });
        lifecycle.addShutdownHook(async () => {
          stop.abort();
          changes.stop();
          await recorder.stop();
          doorbell.stop();
          await rederiving;
        });
      },
    });
  },
});
