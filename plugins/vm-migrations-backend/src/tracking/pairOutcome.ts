import type { Outcome } from 'backstage-plugin-vm-migrations-common';
import { wasAborted } from './legOutcome';
import type { LegView } from './legView';

/** One half of a pair, as far as its outcome goes. */
export interface HalfOutcome {
  view: LegView;
  outcome: Outcome;
  /** Entry into the final phase, in milliseconds of the source cluster's clock. */
  endedAt?: number;
  /** When its object was deleted, by the same clock. */
  deletedAt?: number;
}

/**
 * Times of two clusters are whole seconds of two clocks: a cause may carry a time up to
 * this much later than its effect.
 */
const CLOCK_TOLERANCE_MS = 1_000;

/**
 * How a pair ended. The target decides, because the VM runs there or does not; the source
 * only says why a target failed, and stands in for a target that ended unseen
 * (docs/kubevirt.md, "Pairs").
 *
 * - An abort asked on either half counts for both. A target that is ended by it shows the
 *   consequence alone: an abort status that virt-handler made up, or a pod that is down.
 * - Whoever tidies up after one half has failed deletes the other one too, and that is no
 *   cancel.
 * - Of two halves that failed, the one that failed first names the outcome.
 */
export function pairOutcome(source: HalfOutcome, target: HalfOutcome): Outcome {
  if (target.outcome === 'unknown') {
    return source.outcome;
  }
  if (target.outcome === 'active' || target.outcome === 'succeeded') {
    return target.outcome;
  }
  if (wasAborted(target.view)) {
    return tidiedUp(target, source) ? source.outcome : 'cancelled';
  }
  if (wasAborted(source.view)) {
    return tidiedUp(source, target) ? target.outcome : 'cancelled';
  }
  const sourceFailedFirst =
    (source.outcome === 'failed' || source.outcome === 'timed-out') &&
    !isAfter(source.endedAt, target.endedAt);
  return sourceFailedFirst ? source.outcome : target.outcome;
}

/** One half was deleted only because the other one had failed by itself. */
function tidiedUp(deleted: HalfOutcome, failed: HalfOutcome): boolean {
  return (
    failed.outcome === 'failed' &&
    !wasAborted(failed.view) &&
    failed.endedAt !== undefined &&
    deleted.deletedAt !== undefined &&
    failed.endedAt <= deleted.deletedAt
  );
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
  return (
    source.deletedAt !== undefined &&
    target.endedAt !== undefined &&
    source.deletedAt >= target.endedAt
  );
}

function isAfter(time: number | undefined, reference: number | undefined) {
  return (
    time !== undefined &&
    reference !== undefined &&
    time > reference + CLOCK_TOLERANCE_MS
  );
}
