import { instanceKeyOf } from '../access';
import type { ClusterContext } from '../ClusterContext';
import {
  FINALIZERS,
  findCondition,
  INSTANCE_CONDITIONS,
  isFinal,
  keyOf,
  kubernetesTime,
  phaseOf,
  roleOf,
  withCondition,
  withoutCondition,
  type VirtualMachineInstance,
  type VirtualMachineInstanceMigration,
} from '../objects';

const WAITING_PHASES = new Set(['WaitingForSync', 'Synchronizing']);

/**
 * What a synchronization controller does about a half on its own side: its finalizer, and
 * the condition that tells of a missing partner. At most one write per call.
 *
 * @param chance - `flickers`: set the condition for a moment although nothing is wrong
 */
export function administerHalf(
  context: ClusterContext,
  migration: VirtualMachineInstanceMigration,
  chance: { hasPartner: boolean; flickers: boolean },
): void {
  const { objects } = context;
  const instance = objects.instanceOf(migration);
  const finalizers = migration.metadata.finalizers ?? [];
  const isHeld = finalizers.includes(FINALIZERS.synchronization);
  const { deletionTimestamp } = migration.metadata;

  if (isHeld && (deletionTimestamp || isEndRecorded(migration, instance))) {
    setFinalizers(
      context,
      migration,
      finalizers.filter(each => each !== FINALIZERS.synchronization),
    );
    return;
  }
  if (!instance || deletionTimestamp || isFinal(migration)) return;
  if (!isHeld) {
    if (isIdentified(migration, instance)) {
      setFinalizers(context, migration, [
        ...finalizers,
        FINALIZERS.synchronization,
      ]);
    }
    return;
  }
  const phase = phaseOf(migration);
  const waits = WAITING_PHASES.has(phase);
  const isBlocked = findCondition(
    instance.status?.conditions,
    INSTANCE_CONDITIONS.blocked,
  );
  if (isBlocked) {
    if (!waits) clearBlocked(context, migration);
  } else if (waits && !chance.hasPartner) {
    setBlocked(context, migration);
  } else if (phase === 'TargetReady' && chance.flickers) {
    setBlocked(context, migration);
  }
}

function isIdentified(
  migration: VirtualMachineInstanceMigration,
  { status }: VirtualMachineInstance,
): boolean {
  const { sourceState, targetState } = status?.migrationState ?? {};
  const own = roleOf(migration) === 'source' ? sourceState : targetState;
  return own?.migrationUID === migration.metadata.uid;
}

/** The end is there and the last state copied, or there is none to copy. */
function isEndRecorded(
  migration: VirtualMachineInstanceMigration,
  instance: VirtualMachineInstance | undefined,
): boolean {
  const { uid } = migration.metadata;
  return (
    isFinal(migration) &&
    (migration.status?.migrationState?.migrationUid === uid ||
      instance?.status?.migrationState?.migrationUid !== uid)
  );
}

function setFinalizers(
  { objects }: ClusterContext,
  { metadata }: VirtualMachineInstanceMigration,
  finalizers: string[],
): void {
  objects.migrations.update(keyOf(metadata.namespace, metadata.name), draft => {
    draft.metadata.finalizers = finalizers.length > 0 ? finalizers : undefined;
  });
}

function setBlocked(
  { objects, clock }: ClusterContext,
  migration: VirtualMachineInstanceMigration,
): void {
  objects.instances.update(instanceKeyOf(migration), draft => {
    draft.status = {
      ...draft.status,
      conditions: withCondition(draft.status?.conditions, {
        type: INSTANCE_CONDITIONS.blocked,
        status: 'True',
        reason: 'DecentralizedNotLiveMigratable',
        message: 'waiting for incoming synchronization, unable to proceed',
        lastProbeTime: null,
        lastTransitionTime: kubernetesTime(clock.now()),
      }),
    };
  });
}

function clearBlocked(
  { objects }: ClusterContext,
  migration: VirtualMachineInstanceMigration,
): void {
  objects.instances.update(instanceKeyOf(migration), draft => {
    draft.status = {
      ...draft.status,
      conditions: withoutCondition(
        draft.status?.conditions,
        INSTANCE_CONDITIONS.blocked,
      ),
    };
  });
}
