import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_VIRTUAL_MACHINE,
  RESOURCE_TYPE_VM_MIGRATION,
  type FilterExpression,
  type Migration,
  type VirtualMachine,
} from 'backstage-plugin-vm-migrations-common';

/**
 * Migrations as a resource that permission rules decide about. Rules become filters.
 *
 * @public
 */
export const vmMigrationResourceRef = createPermissionResourceRef<
  Migration,
  FilterExpression
>().with({
  pluginId: 'vm-migrations',
  resourceType: RESOURCE_TYPE_VM_MIGRATION,
});

/**
 * Virtual machines as a resource that permission rules decide about.
 *
 * @public
 */
export const virtualMachineResourceRef = createPermissionResourceRef<
  VirtualMachine,
  FilterExpression
>().with({
  pluginId: 'vm-migrations',
  resourceType: RESOURCE_TYPE_VIRTUAL_MACHINE,
});
