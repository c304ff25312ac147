/**
 * What an instance shows of a change that makes it move, and that is settled only after it
 * has moved.
 */
import {
  findCondition,
  kubernetesTime,
  withCondition,
  withoutCondition,
  type VirtualMachineInstance,
} from '../objects';
import type { MigrationCause } from './migrationInput';

const HOTPLUG_CONDITION = 'HotVCPUChange';
const VOLUMES_CONDITION = 'VolumesChange';

/** Image of the launcher is of an older KubeVirt. */
const OUTDATED_LABEL = 'kubevirt.io/outdatedLauncherImage';

export function markInstance(
  draft: VirtualMachineInstance,
  cause: MigrationCause,
  nowMs: number,
): void {
  switch (cause) {
    case 'hotplug':
      setCondition(draft, HOTPLUG_CONDITION, nowMs);
      return;
    case 'volume-update':
      setCondition(draft, VOLUMES_CONDITION, nowMs);
      draft.status = {
        ...draft.status,
        migrationMethod: 'BlockMigration',
        migratedVolumes: [
          {
            volumeName: 'disk0',
            sourcePVCInfo: { claimName: draft.metadata.name },
            destinationPVCInfo: { claimName: `${draft.metadata.name}-new` },
          },
        ],
      };
      return;
    case 'update':
      draft.metadata.labels = {
        ...draft.metadata.labels,
        [OUTDATED_LABEL]: '',
      };
      return;
    default:
    // The others leave no mark on the instance.
  }
}

/** Whether the instance carries a mark that goes when it has moved. */
export function isMarked({
  metadata,
  status,
}: VirtualMachineInstance): boolean {
  return (
    OUTDATED_LABEL in (metadata.labels ?? {}) ||
    [HOTPLUG_CONDITION, VOLUMES_CONDITION].some(type =>
      findCondition(status?.conditions, type),
    )
  );
}

export function clearMarks(draft: VirtualMachineInstance): void {
  const { [OUTDATED_LABEL]: _outdated, ...labels } =
    draft.metadata.labels ?? {};
  draft.metadata.labels = labels;
  let conditions = draft.status?.conditions;
  for (const type of [HOTPLUG_CONDITION, VOLUMES_CONDITION]) {
    conditions = withoutCondition(conditions, type);
  }
  draft.status = {
    ...draft.status,
    conditions,
    migrationMethod: 'LiveMigration',
    migratedVolumes: undefined,
  };
}

function setCondition(
  draft: VirtualMachineInstance,
  type: string,
  nowMs: number,
): void {
  draft.status = {
    ...draft.status,
    conditions: withCondition(draft.status?.conditions, {
      type,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: kubernetesTime(nowMs),
    }),
  };
}
