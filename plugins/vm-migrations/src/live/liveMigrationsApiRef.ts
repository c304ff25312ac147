import { createApiRef } from '@backstage/frontend-plugin-api';
import type { LiveMigrations } from './LiveMigrations';

/** The one place of all data of the plugin in this browser. */
export const liveMigrationsApiRef = createApiRef<LiveMigrations>().with({
  id: 'plugin.vm-migrations.live',
  pluginId: 'vm-migrations',
});
