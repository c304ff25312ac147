/**
 * Every way in which a migration ends badly, in the order in which virt-controller checks
 * for them. What is in the table is what the outside gets to see.
 */

/** When and how a failure shows. */
export interface FailureDescription {
  /** Phase of the migration in which it strikes. */
  phase: string;
  /** What becomes of the move; a half of a pair may be decided by its partner. */
  outcome: 'failed' | 'timed-out' | 'cancelled';
  /** Text of `migrationState.failureReason`; absent when KubeVirt gives none. */
  reason?: string;
  /** Of a pair the half that it strikes. */
  half: 'source' | 'target';
}

export const ABORTED_REASON = 'Live migration has been aborted';
export const TARGET_POD_DOWN_REASON = 'Target pod is down';
export const BROKEN_PIPE_REASON =
  "operation failed: job 'migration out' failed: Unable to write to socket: Broken pipe";

const DESCRIPTIONS = {
  /** The instance vanishes; virt-controller then deletes the migration as well. */
  'instance-removed': {
    phase: 'Scheduling',
    outcome: 'cancelled',
    half: 'source',
  },
  'instance-shut-down': { phase: 'Running', outcome: 'failed', half: 'source' },
  'target-pod-down-before-hand-off': {
    phase: 'Scheduling',
    outcome: 'failed',
    half: 'target',
  },
  'target-pod-down': {
    phase: 'PreparingTarget',
    outcome: 'failed',
    reason: TARGET_POD_DOWN_REASON,
    half: 'target',
  },
  'target-pod-removed': {
    phase: 'Scheduling',
    outcome: 'failed',
    half: 'target',
  },
  /** No node fits; the pod is given up after five minutes. */
  'pod-unschedulable': {
    phase: 'Scheduling',
    outcome: 'failed',
    half: 'target',
  },
  /** The pod finds a node but never starts; it is given up after fifteen minutes. */
  'pod-stuck': { phase: 'Scheduling', outcome: 'failed', half: 'target' },
  'state-cleared': { phase: 'TargetReady', outcome: 'failed', half: 'target' },
  'taken-over': { phase: 'TargetReady', outcome: 'failed', half: 'target' },
  'handler-failed': {
    phase: 'Running',
    outcome: 'failed',
    reason: BROKEN_PIPE_REASON,
    half: 'source',
  },
  /** The target never shows the guest: failed without a text, and the instance with it. */
  'target-domain-missing': {
    phase: 'Running',
    outcome: 'failed',
    half: 'source',
  },
  /** KubeVirt's own limit on the time of copying: an abort that nobody asked for. */
  'completion-timeout': {
    phase: 'Running',
    outcome: 'timed-out',
    reason: ABORTED_REASON,
    half: 'source',
  },
  'attachment-pod-down': {
    phase: 'Scheduling',
    outcome: 'failed',
    half: 'target',
  },
  'utility-volumes': { phase: 'Pending', outcome: 'failed', half: 'target' },
  'other-in-progress': { phase: '', outcome: 'failed', half: 'target' },
  /** Of a pair: the guest arrives, yet the sender reports a failure. */
  'source-disagrees': {
    phase: 'Running',
    outcome: 'failed',
    reason: BROKEN_PIPE_REASON,
    half: 'source',
  },
  /** Of a pair: the sender has finished, yet the receiver's pod dies before it says so. */
  'target-disagrees': {
    phase: 'Running',
    outcome: 'failed',
    reason: TARGET_POD_DOWN_REASON,
    half: 'source',
  },
} as const satisfies Record<string, FailureDescription>;

export type FailureClass = keyof typeof DESCRIPTIONS;

/** Those that need no second half to disagree with. */
export type LocalFailureClass = Exclude<
  FailureClass,
  'source-disagrees' | 'target-disagrees'
>;

export const FAILURE_CLASSES: Readonly<
  Record<FailureClass, FailureDescription>
> = DESCRIPTIONS;
