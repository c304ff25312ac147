import {
  createFilterContext,
  matchesFilter,
  matchesVirtualMachine,
  type FilterContext,
  type Migration,
  type Place,
  type VirtualMachine,
} from 'backstage-plugin-vm-migrations-common';
import type { Visible } from '../../store/types';

/** What a caller may see of everything. */
export interface Visibility {
  migrations: Visible;
  virtualMachines: Visible;
  clusters: boolean;
}

/** True when the migration is among what the caller may see. */
export function isMigrationVisible(
  migration: Migration,
  visible: Visible,
): boolean {
  return (
    visible !== false &&
    matchesFilter(
      visible,
      migration,
      sitesOf(migration.source, migration.target),
    )
  );
}

/** True when the virtual machine is among what the caller may see. */
export function isVirtualMachineVisible(
  virtualMachine: VirtualMachine,
  visible: Visible,
): boolean {
  return (
    visible !== false &&
    matchesVirtualMachine(visible, virtualMachine, sitesOf(virtualMachine))
  );
}

// A record names the sites of its clusters, so nothing else has to be asked for them.
function sitesOf(
  ...places: Pick<Place, 'cluster' | 'datacenter'>[]
): FilterContext {
  return createFilterContext(
    places.flatMap(({ cluster, datacenter }) =>
      cluster !== undefined && datacenter !== undefined
        ? [{ id: datacenter, clusters: [cluster] }]
        : [],
    ),
  );
}
