/** A delay drawn anew each time, in milliseconds, both ends included. */
export type Range = readonly [minMs: number, maxMs: number];

/** How long the parts of a cluster take. */
export interface Timings {
  /** From a change to the answer of a controller in virt-controller. */
  reconcile: Range;
  /** Until the scheduler has found a node for a pod. */
  podScheduling: Range;
  /** From there until the pod is ready. */
  podStart: Range;
  /** Until the guest of a started instance runs. */
  guestStart: Range;
  /** From the hand-off until the target node listens. */
  targetPreparation: Range;
  /** From there until copying begins. */
  copyStart: Range;
  /** Copying the guest's memory. */
  copy: Range;
  /** From the guest's arrival until virt-handler has reported it. */
  completionReport: Range;
  /** Cancelling a copy that is under way. */
  abort: Range;
  /** Shutting a guest down. */
  shutdown: Range;
  /** Until a pod that has ended is gone. */
  podCleanup: Range;
  /** How far the two halves of a decentralized migration lag behind each other. */
  synchronization: Range;
  /**
   * How often each instance is rewritten without a change that means anything, as the
   * guest agent's reports do; absent for never.
   */
  heartbeat?: Range;
}

/** As they were when a real virt-controller was recorded with instant nodes. */
export const RECORDED_TIMINGS: Timings = {
  reconcile: [3, 12],
  podScheduling: [300, 420],
  podStart: [350, 420],
  guestStart: [180, 220],
  targetPreparation: [280, 340],
  copyStart: [580, 640],
  copy: [500, 2_600],
  completionReport: [8, 20],
  abort: [500, 1_500],
  shutdown: [500, 1_500],
  podCleanup: [60, 150],
  synchronization: [8, 40],
};
