import { instanceKeyOf, type KubeVirtObjects } from '../access';
import type {
  MigrationState,
  VirtualMachineInstance,
  VirtualMachineInstanceMigration,
} from '../objects';

/**
 * Changes the migration state of an instance as long as it is this migration's and still
 * open: what has ended or been taken over is not touched.
 *
 * @returns whether it was changed
 */
export function changeOwnState(
  objects: KubeVirtObjects,
  migration: VirtualMachineInstanceMigration,
  change: (
    state: MigrationState,
    draft: VirtualMachineInstance,
  ) => MigrationState,
): boolean {
  const key = instanceKeyOf(migration);
  const state = objects.instances.get(key)?.status?.migrationState;
  const isOpen =
    state?.migrationUid === migration.metadata.uid && !state.completed;
  if (!isOpen) return false;
  objects.instances.update(key, draft => {
    const changed = change(draft.status?.migrationState ?? {}, draft);
    draft.status = { ...draft.status, migrationState: changed };
  });
  return true;
}
