import type { Outcome } from 'backstage-plugin-vm-migrations-common';
import type { LegView } from './legView';

/**
 * How one leg ended, by the rules of docs/kubevirt.md ("Outcome"). KubeVirt has no phase
 * for a cancelled migration and sets both `completed` and `failed` on failure, so `failed`
 * is asked first. A leg whose object is gone before a final phase was seen is decided by
 * what the instance said, else unknown.
 */
export function legOutcome({
  facts,
  phase,
  gone,
  handedOver,
}: LegView): Outcome {
  if (phase === 'Succeeded') {
    return 'succeeded';
  }
  if (phase === 'Failed' || (gone && facts.failed)) {
    if (facts.abortRequested || (facts.cancelRequested && !handedOver)) {
      return 'cancelled';
    }
    return facts.abortStatus ? 'timed-out' : 'failed';
  }
  if (!gone) {
    return 'active';
  }
  return facts.completed ? 'succeeded' : 'unknown';
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
