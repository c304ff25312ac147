import type { Outcome } from 'backstage-plugin-vm-migrations-common';
import type { LegView } from './legView';

/**
 * How one leg ended, by the rules of docs/kubevirt.md ("Outcome"). KubeVirt has no phase
 * for a cancelled migration and sets both `completed` and `failed` on failure, so `failed`
 * is asked first. A leg whose object is gone before a final phase was seen is decided by
 * what the instance said, else unknown.
 */
export function legOutcome(view: LegView): Outcome {
  const { facts, phase, gone, handedOver } = view;
  if (phase === 'Succeeded') {
    return 'succeeded';
  }
  if (phase === 'Failed' || (gone && facts.failed)) {
    return outcomeOfFailure(view);
  }
  if (!gone) {
    return 'active';
  }
  if (facts.completed) {
    return 'succeeded';
  }
  // The deletion timestamp alone does not count here: whatever had a finalizer carries one.
  return facts.abortAcknowledged && !handedOver ? 'cancelled' : 'unknown';
}

function outcomeOfFailure({ facts, handedOver }: LegView): Outcome {
  const { abortRequested, abortStatus, cancelRequested } = facts;
  if (abortRequested || (cancelRequested && (abortStatus || !handedOver))) {
    return 'cancelled';
  }
  if (abortStatus) {
    return 'timed-out';
  }
  // How a move ended that had been handed over is told one update after the phase; until
  // then an acknowledged abort is the reason. A deletion that was not acknowledged is none:
  // KubeVirt itself deletes what has lost its instance.
  return facts.abortAcknowledged && !facts.failed ? 'cancelled' : 'failed';
}

/** Somebody, or a controller, wanted this leg to end while it ran. */
export function wasAborted({ facts }: LegView): boolean {
  return Boolean(facts.abortRequested || facts.cancelRequested);
}

/**
 * When a leg ended: KubeVirt's end of the move, else its entry into the final phase.
 * Undefined while it is active and when it ended unseen.
 */
export function legEndedAt(
  { facts, phase, final }: LegView,
  outcome: Outcome,
  transitions: { phase: string; at: string }[],
): string | undefined {
  if (outcome === 'active' || outcome === 'unknown') {
    return undefined;
  }
  if (facts.endedAt) {
    return facts.endedAt;
  }
  return final
    ? transitions.find(transition => transition.phase === phase)?.at
    : undefined;
}
