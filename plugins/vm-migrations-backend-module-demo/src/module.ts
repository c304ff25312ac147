import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { vmMigrationsClustersExtensionPoint } from 'backstage-plugin-vm-migrations-node';
import { DemoClusterSupplier } from './DemoClusterSupplier';
import { readDemoSettings } from './readDemoSettings';

/**
 * Puts simulated KubeVirt clusters behind the vm-migrations plugin when
 * `vmMigrations.demo.enabled` says so.
 *
 * @public
 */
export const vmMigrationsDemoModule = createBackendModule({
  pluginId: 'vm-migrations',
  moduleId: 'demo',
  register(env) {
    env.registerInit({
      deps: {
        clusters: vmMigrationsClustersExtensionPoint,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ clusters, config, lifecycle, logger }) {
        const { enabled, seed } = readDemoSettings(config);
        if (!enabled) return;
        const supplier = new DemoClusterSupplier(seed, logger);
        clusters.addClusterSupplier(supplier);
        lifecycle.addShutdownHook(() => supplier.stop());
      },
    });
  },
});
