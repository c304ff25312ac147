import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  clusterReadPermission,
  vmMigrationReadPermission,
  vmReadPermission,
} from 'backstage-plugin-vm-migrations-common';
import {
  virtualMachineResourceRef,
  vmMigrationResourceRef,
} from 'backstage-plugin-vm-migrations-node';
import type { MigrationReader } from '../../store/types';
import { migrationRules, virtualMachineRules } from './rules';

/** Tells the permission system what can be decided about, and by which rules. */
export function registerPermissions(options: {
  permissionsRegistry: PermissionsRegistryService;
  reader: MigrationReader;
}): void {
  const { permissionsRegistry, reader } = options;
  permissionsRegistry.addPermissions([clusterReadPermission]);
  permissionsRegistry.addResourceType({
    resourceRef: vmMigrationResourceRef,
    permissions: [vmMigrationReadPermission],
    rules: Object.values(migrationRules),
    getResources: ids => Promise.all(ids.map(id => reader.getMigration(id))),
  });
  permissionsRegistry.addResourceType({
    resourceRef: virtualMachineResourceRef,
    permissions: [vmReadPermission],
    rules: Object.values(virtualMachineRules),
    getResources: refs =>
      Promise.all(
        refs.map(async ref => {
          const [cluster, namespace, name, ...more] = ref.split('/');
          return name && more.length === 0
            ? reader.getVirtualMachine({ cluster, namespace, name })
            : undefined;
        }),
      ),
  });
}
