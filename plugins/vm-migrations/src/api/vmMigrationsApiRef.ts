import { createApiRef } from '@backstage/frontend-plugin-api';
import type { VmMigrationsApi } from 'backstage-plugin-vm-migrations-common';

/**
 * The client of the vm-migrations backend.
 *
 * @public
 */
export const vmMigrationsApiRef = createApiRef<VmMigrationsApi>().with({
  id: 'plugin.vm-migrations.api',
  pluginId: 'vm-migrations',
});
