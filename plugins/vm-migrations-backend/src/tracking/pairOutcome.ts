import type { Outcome } from 'backstage-plugin-vm-migrations-common';
import type { LegView } from './legView';

/** One half of a pair, as far as its outcome goes. */
export interface HalfOutcome {
  view: LegView;
  outcome: Outcome;
  /** Entry into the final phase, by the controller's clock; ISO. */
  endedAt?: string;
}

/**
 * Times of two clusters are whole seconds of two clocks: a cause may carry a time up to
 * this much later than its effect.
 */
const CLOCK_TOLERANCE_MS = 1_000;

/**
 * How a pair ended. The target decides, because the VM runs there or does not; the source
 * only says why a target failed, and stands in for a target that ended unseen.
 *
 * - A target that failed because its source did shows the consequence ("Target pod is
 *   down", or an abort status that virt-handler made up), so the half that failed first
 *   names the outcome.
 * - Cancelling either half cancels the move; but whoever tidies up after a failed target
 *   deletes the source too, and that is no cancel.
 */
export function pairOutcome(source: HalfOutcome, target: HalfOutcome): Outcome {
  if (target.outcome === 'unknown') {
    return source.outcome;
  }
  if (target.outcome !== 'failed' && target.outcome !== 'timed-out') {
    return target.outcome;
  }
  if (
    (source.outcome === 'cancelled' || source.view.facts.abortRequested) &&
    !tidiedUp(source, target)
  ) {
    return 'cancelled';
  }
  if (
    (source.outcome === 'failed' || source.outcome === 'timed-out') &&
    !isAfter(source.endedAt, target.endedAt)
  ) {
    return source.outcome;
  }
  return target.outcome;
}

/**
 * The two outcomes when both halves are known to have ended and one says that the VM moved
 * while the other says that it did not.
 */
export function pairDisagreement(
  source: HalfOutcome,
  target: HalfOutcome,
): { source: Outcome; target: Outcome } | undefined {
  const contradicts =
    [source.outcome, target.outcome].every(
      outcome => outcome !== 'active' && outcome !== 'unknown',
    ) &&
    (source.outcome === 'succeeded') !== (target.outcome === 'succeeded') &&
    !(source.outcome === 'cancelled' && deletedSince(source, target));
  return contradicts
    ? { source: source.outcome, target: target.outcome }
    : undefined;
}

/** Forklift deletes both halves as soon as the target has succeeded. */
function deletedSince(source: HalfOutcome, target: HalfOutcome): boolean {
  const { deletionRequestedAt } = source.view.facts;
  return (
    deletionRequestedAt !== undefined &&
    target.endedAt !== undefined &&
    deletionRequestedAt >= target.endedAt
  );
}

/** The source was deleted only after the target had ended. */
function tidiedUp(source: HalfOutcome, target: HalfOutcome): boolean {
  return isAfter(source.view.facts.deletionRequestedAt, target.endedAt);
}

function isAfter(time: string | undefined, reference: string | undefined) {
  return (
    time !== undefined &&
    reference !== undefined &&
    Date.parse(time) > Date.parse(reference) + CLOCK_TOLERANCE_MS
  );
}
