import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of a migration; its references are migration ids. @public */
export const RESOURCE_TYPE_VM_MIGRATION = 'vm-migration';

/**
 * Resource type of a virtual machine; its references are `cluster/namespace/name`.
 *
 * @public
 */
export const RESOURCE_TYPE_VIRTUAL_MACHINE = 'vm-migrations-virtual-machine';

/** To see migrations: the record, its history and its live state. @public */
export const vmMigrationReadPermission = createPermission({
  name: 'vm-migrations.migration.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_VM_MIGRATION,
});

/** To see the virtual machines of the watched clusters. @public */
export const vmReadPermission = createPermission({
  name: 'vm-migrations.virtual-machine.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_VIRTUAL_MACHINE,
});

/** To see sites, clusters and how well they are watched. @public */
export const clusterReadPermission = createPermission({
  name: 'vm-migrations.cluster.read',
  attributes: { action: 'read' },
});

/** All permissions of the plugin. @public */
export const vmMigrationsPermissions = [
  vmMigrationReadPermission,
  vmReadPermission,
  clusterReadPermission,
];
