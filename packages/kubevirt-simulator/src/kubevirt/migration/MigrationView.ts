import type {
  VirtualMachineInstance,
  VirtualMachineInstanceMigration,
} from '../objects';
import type { LauncherPod } from '../pods';

/** Everything that virt-controller looks at to decide about one migration. */
export interface MigrationView {
  migration: VirtualMachineInstanceMigration;
  instance?: VirtualMachineInstance;
  targetPod?: LauncherPod;
  /** Hotplugged volumes need a pod of their own at the target. */
  needsAttachmentPod: boolean;
  attachmentPod?: LauncherPod;
  /** An older migration of the same instance has not ended. */
  otherInProgress: boolean;
  /** The cluster's and the node's limits allow one more. */
  hasFreeSlot: boolean;
  /** End of the wait after failed evacuations. */
  backOffUntilMs?: number;
  utilityVolumesTimeoutMs: number;
  /** Finished migrations of the instance that are too many, oldest first. */
  surplus: string[];
  nowMs: number;
}

/** Why virt-controller sets a migration to Failed, in the order in which it checks. */
export type FailureCause =
  | 'instance-shut-down'
  | 'cancelled'
  | 'target-pod-down'
  | 'target-pod-removed'
  | 'state-cleared'
  | 'taken-over'
  | 'source-node-reported'
  | 'attachment-pod-down'
  | 'utility-volumes'
  | 'other-in-progress';

/** One step of virt-controller; a step enters at most one phase. */
export type MigrationAction =
  | { type: 'wait'; untilMs?: number }
  | { type: 'delete' }
  | { type: 'stamp-api-versions' }
  | { type: 'enter-phase'; phase: string }
  | { type: 'identify' }
  | { type: 'note-source-pod' }
  | { type: 'block-by-utility-volumes' }
  | { type: 'mirror-blocked' }
  | { type: 'mark-non-root' }
  | { type: 'create-target-pod' }
  | { type: 'give-up-target-pod' }
  | { type: 'publish-source' }
  | { type: 'hand-off' }
  | { type: 'request-abort'; asCondition: boolean; onInstance: boolean }
  | { type: 'fail'; cause: FailureCause }
  | { type: 'copy-state' }
  | { type: 'collect-garbage'; keys: string[] }
  | { type: 'release' };
