import {
  isReadPermission,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  clusterReadPermission,
  RESOURCE_TYPE_VIRTUAL_MACHINE,
  RESOURCE_TYPE_VM_MIGRATION,
  vmMigrationReadPermission,
  vmMigrationsPermissions,
  vmReadPermission,
} from './permissions';

describe('permissions', () => {
  it('are all for reading, under the name of the plugin', () => {
    expect(vmMigrationsPermissions.every(isReadPermission)).toBe(true);
    expect(vmMigrationsPermissions.map(({ name }) => name)).toEqual([
      'vm-migrations.migration.read',
      'vm-migrations.virtual-machine.read',
      'vm-migrations.cluster.read',
    ]);
  });

  it('can be conditional for migrations and machines', () => {
    expect(
      isResourcePermission(
        vmMigrationReadPermission,
        RESOURCE_TYPE_VM_MIGRATION,
      ),
    ).toBe(true);
    expect(
      isResourcePermission(vmReadPermission, RESOURCE_TYPE_VIRTUAL_MACHINE),
    ).toBe(true);
    expect(isResourcePermission(clusterReadPermission)).toBe(false);
  });
});
