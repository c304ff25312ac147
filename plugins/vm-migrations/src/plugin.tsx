import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { rootRouteRef } from './routes';

/**
 * VM migrations in the developer portal.
 *
 * @public
 */
export const vmMigrationsPlugin = createFrontendPlugin({
  pluginId: 'vm-migrations',
  title: 'VM migrations',
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
});
