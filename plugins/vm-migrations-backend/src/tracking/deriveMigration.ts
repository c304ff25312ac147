import type {
  MigrationFailure,
  MigrationKind,
  MigrationLeg,
  Outcome,
  PhaseTransition,
  Place,
} from 'backstage-plugin-vm-migrations-common';
import { legEndedAt, legOutcome } from './legOutcome';
import { legTransitions, mergeTransitions } from './legTransitions';
import { legView, type LegView } from './legView';
import { clockSkew } from './pairClock';
import { pairDisagreement, pairOutcome, type HalfOutcome } from './pairOutcome';
import type { DerivedMigration, Leg } from './types';

/*
 * From the legs of one move to its record: a pure function, so the record can be thrown
 * away and derived again when the rules improve. The same legs in any order give the same
 * record; a missing half or a cut-off history gives one with less in it.
 */

/** Greater whenever the rules change what stored legs derive to. */
export const DERIVATION_VERSION = 1;

interface Half extends HalfOutcome {
  transitions: PhaseTransition[];
}

/**
 * The record of one move from its one or two legs. Undefined while no migration object of
 * the move has been seen, only instances that name it.
 */
export function deriveMigration(legs: Leg[]): DerivedMigration | undefined {
  const views = legs.map(legView).filter(({ leg }) => leg.seen);
  const skewMs = skewOf(views);
  const halves = views
    .map(view => halfOf(view, skewMs))
    .sort((a, b) => orderOf(a) - orderOf(b));
  if (halves.length === 0) {
    return undefined;
  }
  const source = halves.find(half => half.view.facts.role === 'source');
  const target = halves.find(half => half.view.facts.role === 'target');
  // What speaks for the whole: the VM's own side names it, the target's decides it.
  const origin = source ?? halves[0];
  const deciding = target ?? halves[0];
  const outcome =
    source && target ? pairOutcome(source, target) : deciding.outcome;
  const first = halves.reduce((a, b) =>
    isSeenBefore(a.view.leg, b.view.leg) ? a : b,
  );
  const createdAt = halves.map(half => createdAtOf(half.view)).sort()[0];
  const endedAt =
    outcome === 'active' ? undefined : endOf(outcome, deciding, origin);
  const { facts } = origin.view;

  return {
    id: first.view.leg.uid,
    vm: {
      name: facts.vmiName ?? '',
      namespace: facts.namespace ?? '',
      uid:
        facts.vmUid ?? origin.view.instance?.vmUid ?? deciding.view.facts.vmUid,
    },
    kind: kindOf(halves),
    phase: deciding.view.phase,
    outcome,
    source: sourcePlace(source?.view, target?.view, origin.view),
    target: targetPlace(source?.view, target?.view, origin.view),
    mode: facts.mode ?? deciding.view.facts.mode,
    policy: policyOf(deciding.view) ?? policyOf(origin.view),
    createdAt,
    startedAt: startOf(origin) ?? startOf(deciding),
    endedAt,
    endedBetween:
      outcome !== 'active' && !endedAt ? endedBetween(deciding) : undefined,
    durationMs: endedAt ? durationBetween(createdAt, endedAt) : undefined,
    transitions: halves
      .map(half => half.transitions)
      .reduce((left, right) => mergeTransitions(left, right, skewMs)),
    labels: { ...deciding.view.facts.labels, ...facts.labels },
    failure: failureOf(outcome, halves),
    disagreement: source && target && pairDisagreement(source, target),
    migrationID: facts.migrationID,
    sendToUrl: source?.view.facts.sendToUrl,
    receiveFromId: target?.view.facts.migrationID,
    legs: halves.map(legOf),
    observedAt: halves.map(half => half.view.leg.firstObservedAt).sort()[0],
  };
}

function skewOf(views: LegView[]): number {
  const [source, target] = (['source', 'target'] as const).map(role =>
    views.find(({ facts }) => facts.role === role),
  );
  return source && target
    ? clockSkew(legTransitions(source), legTransitions(target))
    : 0;
}

function halfOf(view: LegView, skewMs: number): Half {
  const transitions = legTransitions(view);
  const end = transitions.find(({ phase }) => phase === view.phase);
  const aheadMs = view.facts.role === 'target' ? skewMs : 0;
  const byCommonClock = (time: string | undefined) =>
    time === undefined ? undefined : Date.parse(time) - aheadMs;
  return {
    view,
    outcome: legOutcome(view),
    transitions,
    endedAt: view.final ? byCommonClock(end?.at) : undefined,
    deletedAt: byCommonClock(view.facts.deletionRequestedAt),
  };
}

function orderOf({ view }: Half): number {
  return view.facts.role === 'target' ? 1 : 0;
}

function isSeenBefore(a: Leg, b: Leg): boolean {
  return a.firstSeen === b.firstSeen
    ? a.uid <= b.uid
    : a.firstSeen < b.firstSeen;
}

function createdAtOf({ facts, leg }: LegView): string {
  return facts.createdAt ?? leg.firstObservedAt;
}

function startOf({ view, transitions }: Half): string | undefined {
  return (
    view.facts.startedAt ??
    transitions.find(({ phase }) => phase === 'Running')?.at
  );
}

function endOf(
  outcome: Outcome,
  deciding: Half,
  origin: Half,
): string | undefined {
  return (
    legEndedAt(deciding.view, deciding.outcome, deciding.transitions) ??
    (outcome === origin.outcome
      ? legEndedAt(origin.view, origin.outcome, origin.transitions)
      : undefined)
  );
}

/** After the last sight of the object, before it was found missing. */
function endedBetween({
  view: { leg, gone },
}: Half): DerivedMigration['endedBetween'] {
  const after = [leg.lastAliveAt, gone?.after]
    .filter(time => time !== undefined)
    .sort()
    .at(-1);
  return gone && { after, before: gone.before };
}

/** One half alone counts as cross-cluster: the other one may be where nobody looks. */
function kindOf(halves: Half[]): MigrationKind {
  const [first, second] = halves;
  if (first.view.facts.role === 'local') {
    return 'in-cluster';
  }
  return second && first.view.leg.cluster === second.view.leg.cluster
    ? 'cross-namespace'
    : 'cross-cluster';
}

/**
 * Nodes are unique within their cluster only, and a receiving half names the node of the
 * other cluster as its source: so a place takes its cluster from the leg that stands there.
 */
function sourcePlace(
  source: LegView | undefined,
  target: LegView | undefined,
  origin: LegView,
): Place {
  const here = source ?? (target ? undefined : origin);
  return {
    cluster: here?.leg.cluster,
    namespace: here?.facts.namespace,
    node:
      here?.facts.sourceNode ??
      here?.facts.evacuatedNode ??
      here?.instance?.node ??
      target?.facts.sourceNode,
    pod: here?.facts.sourcePod ?? target?.facts.sourcePod,
  };
}

function targetPlace(
  source: LegView | undefined,
  target: LegView | undefined,
  origin: LegView,
): Place {
  const here = target ?? (source ? undefined : origin);
  return {
    cluster: here?.leg.cluster,
    namespace: here?.facts.namespace,
    node: here?.facts.targetNode ?? source?.facts.targetNode,
    pod: here?.facts.targetPod ?? source?.facts.targetPod,
  };
}

function policyOf({ facts }: LegView): DerivedMigration['policy'] {
  return facts.policyName || facts.configuration
    ? { name: facts.policyName, configuration: facts.configuration }
    : undefined;
}

/**
 * Of two that end in the same second the one that has a reason comes first, then the source:
 * a cause stands before its effect.
 */
function byEnd(a: Half, b: Half): number {
  const [first, second] = [a.endedAt ?? Infinity, b.endedAt ?? Infinity];
  return first === second
    ? Number(!a.view.facts.failureReason) - Number(!b.view.facts.failureReason)
    : first - second;
}

/** Start and end come from different clocks, so the end may be the smaller one. */
function durationBetween(start: string, end: string): number {
  return Math.max(0, Date.parse(end) - Date.parse(start));
}

/**
 * The half that failed first has the reason; the other one shows the consequence. A half that
 * ended otherwise than the move did has nothing to say about it.
 */
function failureOf(
  outcome: Outcome,
  halves: Half[],
): MigrationFailure | undefined {
  if (
    outcome !== 'failed' &&
    outcome !== 'timed-out' &&
    outcome !== 'cancelled'
  ) {
    return undefined;
  }
  const ended = halves
    .filter(half => half.outcome !== 'active' && half.outcome !== 'succeeded')
    .sort(byEnd);
  const alike = ended.filter(half => half.outcome === outcome);
  const causes = alike.length ? alike : ended;
  const [first] = causes;
  return (
    first && {
      leg: first.view.leg.uid,
      message: causes
        .map(half => half.view.facts.failureReason)
        .find(reason => reason !== undefined),
    }
  );
}

function legOf({ view, outcome, transitions }: Half): MigrationLeg {
  const { leg, facts, phase, gone } = view;
  return {
    cluster: leg.cluster,
    uid: leg.uid,
    name: facts.name ?? '',
    namespace: facts.namespace ?? '',
    vmiName: facts.vmiName ?? '',
    role: facts.role ?? 'local',
    phase,
    outcome,
    createdAt: createdAtOf(view),
    endedAt: legEndedAt(view, outcome, transitions),
    deleted: gone !== undefined,
    failureMessage: facts.failureReason,
    conditions: facts.conditions ?? [],
  };
}
