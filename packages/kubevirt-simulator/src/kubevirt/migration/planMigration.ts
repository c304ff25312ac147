/**
 * What virt-controller does next about a migration: pure, from the objects as they are.
 * The order of the questions is virt-controller's own.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  ANNOTATIONS,
  FINALIZERS,
  hasTrueCondition,
  INSTANCE_CONDITIONS,
  isFinal,
  MIGRATION_CONDITIONS,
  phaseOf,
  roleOf,
  type VirtualMachineInstance,
} from '../objects';
import { findFailure } from './findFailure';
import { isHandedOff } from './handOff';
import type { MigrationAction, MigrationView } from './MigrationView';
import { planPhase } from './planPhase';

export function planMigration(view: MigrationView): MigrationAction {
  const { migration, instance } = view;
  if (!instance) return planWithoutInstance(view);
  if (!migration.metadata.annotations?.[ANNOTATIONS.latestApiVersion]) {
    return { type: 'stamp-api-versions' };
  }
  if (isFinal(migration)) return planAfterEnd(view, instance);
  const cause = findFailure(view, instance);
  if (cause) return { type: 'fail', cause };
  const abort = planAbort(view, instance);
  if (abort) return abort;
  const next = planPhase(view, instance);
  return next.type === 'wait' && isBlockedOutdated(view, instance)
    ? { type: 'mirror-blocked' }
    : next;
}

/**
 * Migrations do not outlive their instance. An unfinished one keeps its finalizer and
 * hangs, except a sending half, whose guest lives on elsewhere.
 */
function planWithoutInstance({ migration }: MigrationView): MigrationAction {
  if (!migration.metadata.deletionTimestamp) return { type: 'delete' };
  return isFinal(migration) || roleOf(migration) === 'source'
    ? { type: 'release' }
    : { type: 'wait' };
}

function planAfterEnd(
  view: MigrationView,
  instance: VirtualMachineInstance,
): MigrationAction {
  const { migration, surplus } = view;
  const state = instance.status?.migrationState;
  const isOwnState = state?.migrationUid === migration.metadata.uid;
  if (
    isOwnState &&
    !isDeepStrictEqual(state, migration.status?.migrationState)
  ) {
    return { type: 'copy-state' };
  }
  if (surplus.length > 0) return { type: 'collect-garbage', keys: surplus };
  const finalizers = migration.metadata.finalizers ?? [];
  return finalizers.includes(FINALIZERS.migration) &&
    !finalizers.includes(FINALIZERS.synchronization)
    ? { type: 'release' }
    : { type: 'wait' };
}

/**
 * After the hand-off a deletion is only a request: noted as a condition at once, told to
 * the source node once copying runs.
 */
function planAbort(
  { migration }: MigrationView,
  instance: VirtualMachineInstance,
): MigrationAction | undefined {
  if (!migration.metadata.deletionTimestamp) return undefined;
  const state = instance.status?.migrationState;
  const asCondition = !hasTrueCondition(
    migration.status?.conditions,
    MIGRATION_CONDITIONS.abortRequested,
  );
  const onInstance =
    phaseOf(migration) === 'Running' &&
    isHandedOff(migration, instance) &&
    !state?.abortRequested &&
    !state?.completed;
  return asCondition || onInstance
    ? { type: 'request-abort', asCondition, onInstance }
    : undefined;
}

/** Whether the migration's `decentralizedMigrationBlocked` is not as its instance says. */
function isBlockedOutdated(
  { migration }: MigrationView,
  instance: VirtualMachineInstance,
): boolean {
  return (
    hasTrueCondition(
      migration.status?.conditions,
      MIGRATION_CONDITIONS.blocked,
    ) !==
    hasTrueCondition(instance.status?.conditions, INSTANCE_CONDITIONS.blocked)
  );
}
