/** Queue limits, back-off and garbage collection of migrations: pure. */
import {
  ANNOTATIONS,
  isFinal,
  keyOf,
  phaseOf,
  type VirtualMachineInstanceMigration,
} from '../objects';
import { LIMITS } from '../settings';

/** In these phases a migration takes one of the cluster's places. */
const RUNNING_PHASES = new Set([
  'Scheduling',
  'Scheduled',
  'PreparingTarget',
  'TargetReady',
  'Running',
]);

export function takesPlace(
  migration: VirtualMachineInstanceMigration,
  hasTargetPod: boolean,
): boolean {
  const phase = phaseOf(migration);
  return RUNNING_PHASES.has(phase) || (phase === 'Pending' && hasTargetPod);
}

/**
 * When the next evacuation or workload update of an instance may begin: 20 s after the end
 * of a failed one, doubled with each further failure in a row.
 *
 * @param migrations - of the instance, oldest first
 */
export function backOffUntilMs(
  migration: VirtualMachineInstanceMigration,
  migrations: readonly VirtualMachineInstanceMigration[],
): number | undefined {
  if (!isOfController(migration)) return undefined;
  const earlier = migrations.filter(
    other => isFinal(other) && other.metadata.uid !== migration.metadata.uid,
  );
  let failures = 0;
  for (const other of earlier.toReversed()) {
    if (phaseOf(other) !== 'Failed' || !isOfController(other)) break;
    failures += 1;
  }
  const lastEnd = earlier
    .at(-1)
    ?.status?.phaseTransitionTimestamps?.find(
      ({ phase }) => phase === 'Failed',
    )?.phaseTransitionTimestamp;
  return failures > 0 && lastEnd
    ? Date.parse(lastEnd) + LIMITS.firstBackOffMs * 2 ** (failures - 1)
    : undefined;
}

/** Made by a controller, not by somebody. */
function isOfController({
  metadata,
}: VirtualMachineInstanceMigration): boolean {
  const annotations = metadata.annotations ?? {};
  return (
    ANNOTATIONS.evacuation in annotations ||
    ANNOTATIONS.workloadUpdate in annotations
  );
}

/**
 * Keys of the finished migrations that are one too many.
 *
 * @param migrations - of one instance, oldest first
 */
export function surplusOf(
  migrations: readonly VirtualMachineInstanceMigration[],
): string[] {
  const finished = migrations.filter(isFinal);
  return finished
    .slice(0, Math.max(0, finished.length - LIMITS.keptMigrations))
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .map(({ metadata }) => keyOf(metadata.namespace, metadata.name));
}
