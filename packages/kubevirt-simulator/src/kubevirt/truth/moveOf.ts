import type { LegTruth, MoveTruth, TrueOutcome } from './types';

/** The move that a leg is, or that it makes together with its partner. */
export function moveOf(leg: LegTruth, partner?: LegTruth): MoveTruth {
  const legs = partner ? [leg, partner] : [leg];
  const source = legs.find(({ role }) => role !== 'target');
  const target = legs.find(({ role }) => role !== 'source');
  const decisive = target ?? leg;
  const outcome = outcomeOf(decisive, legs);
  return {
    uids: legs
      .toSorted(
        (a, b) => Number(a.role === 'target') - Number(b.role === 'target'),
      )
      .map(({ uid }) => uid),
    vm: { namespace: decisive.namespace, name: decisive.instanceName },
    kind: kindOf(legs),
    migrationID: leg.migrationID,
    outcome,
    failureReason:
      outcome === 'succeeded' ? undefined : failureReasonOf(decisive, legs),
    source: source?.source ?? target?.source,
    target: target?.target ?? source?.target,
    disagreement: disagreementOf(source, target),
    createdAt:
      earliest(legs.map(({ createdAt }) => createdAt)) ?? leg.createdAt,
    startedAt: earliest(legs.map(({ startedAt }) => startedAt)),
    endedAt: decisive.endedAt,
  };
}

/**
 * The target decides; but the cancellation of either half is one of the move, unless it
 * came after the move had ended, to clear up.
 */
function outcomeOf(decisive: LegTruth, legs: LegTruth[]): TrueOutcome {
  const { outcome, endedAt } = decisive;
  if (!endedAt || outcome === 'succeeded') return outcome;
  const isCancelled = legs.some(
    leg =>
      leg.outcome === 'cancelled' &&
      leg.endedAt !== undefined &&
      leg.endedAt <= endedAt,
  );
  return isCancelled ? 'cancelled' : outcome;
}

function kindOf(legs: LegTruth[]): MoveTruth['kind'] {
  const [leg, partner] = legs;
  if (leg.role === 'local') return 'in-cluster';
  return partner?.cluster === leg.cluster ? 'cross-namespace' : 'cross-cluster';
}

/** The reason of the half that failed first; what one is told while clearing up is none. */
function failureReasonOf(
  { endedAt = '' }: LegTruth,
  legs: LegTruth[],
): string | undefined {
  return legs
    .filter(leg => leg.failureReason && (leg.endedAt ?? '') <= endedAt)
    .toSorted((one, other) =>
      (one.endedAt ?? '') < (other.endedAt ?? '') ? -1 : 1,
    )
    .at(0)?.failureReason;
}

/** Only success on one side against failure on the other is a disagreement. */
function disagreementOf(
  source: LegTruth | undefined,
  target: LegTruth | undefined,
): MoveTruth['disagreement'] {
  if (!source || !target || source === target) return undefined;
  const succeeded = [source, target].filter(
    ({ outcome }) => outcome === 'succeeded',
  );
  const failed = [source, target].filter(({ outcome }) =>
    ['failed', 'cancelled', 'timed-out'].includes(outcome),
  );
  return succeeded.length === 1 && failed.length === 1
    ? { source: source.outcome, target: target.outcome }
    : undefined;
}

function earliest(times: (string | undefined)[]): string | undefined {
  return times
    .filter(time => time !== undefined)
    .toSorted()
    .at(0);
}
