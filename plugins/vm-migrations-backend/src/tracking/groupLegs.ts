import { legOutcome } from './legOutcome';
import { legTransitions } from './legTransitions';
import { legView, type LegView } from './legView';
import type { Leg } from './types';

interface Candidate {
  source: LegView;
  target: LegView;
  /** How many of the two halves name the other one by uid, and can be believed. */
  evidence: number;
  /** Milliseconds between the creations of the two. */
  distance: number;
}

/**
 * Which legs are one move. The legs given share a migrationID, which is only the caller's
 * promise: it may be used again later, or by mistake twice at once. So two halves are one
 * move when they name each other by uid (they do from the synchronisation on), or else when
 * their times overlap and neither names a third; of several, those created closest together.
 *
 * The result depends on the legs alone, not on their order (docs/kubevirt.md, "Pairs").
 */
export function groupLegs(legs: Leg[]): Leg[][] {
  const views = legs.map(legView);
  const partners = new Map(
    views.map(view => [view, namedPartner(view, views)]),
  );
  const sources = views.filter(view => view.facts.role === 'source');
  const targets = views.filter(view => view.facts.role === 'target');
  const candidates = sources
    .flatMap(source =>
      targets.map(target => candidate(source, target, partners)),
    )
    .filter(pair => pair !== undefined)
    .sort(
      (a, b) =>
        b.evidence - a.evidence ||
        a.distance - b.distance ||
        compare(keyOf(a.source), keyOf(b.source)) ||
        compare(keyOf(a.target), keyOf(b.target)),
    );

  const grouped = new Set<Leg>();
  const groups: Leg[][] = [];
  for (const { source, target } of candidates) {
    if (!grouped.has(source.leg) && !grouped.has(target.leg)) {
      grouped.add(source.leg).add(target.leg);
      groups.push([source.leg, target.leg]);
    }
  }
  return [
    ...groups,
    ...legs.filter(leg => !grouped.has(leg)).map(leg => [leg]),
  ];
}

/**
 * The uid that a half names as its other half, if it can be believed. What an instance says
 * before the hand-over may be left from an earlier attempt that got no further: it counts only
 * when the half that it names lived at the same time.
 */
function namedPartner(view: LegView, views: LegView[]): string | undefined {
  const { role, sourceMigrationUid, targetMigrationUid } = view.facts;
  const uid = role === 'source' ? targetMigrationUid : sourceMigrationUid;
  const named = views.find(({ leg }) => leg.uid === uid);
  return view.handedOver || (named && overlap(view, named)) ? uid : undefined;
}

function candidate(
  source: LegView,
  target: LegView,
  partners: Map<LegView, string | undefined>,
): Candidate | undefined {
  const named = [
    [partners.get(source), target.leg.uid],
    [partners.get(target), source.leg.uid],
  ].filter(([uid]) => uid !== undefined);
  if (named.some(([uid, expected]) => uid !== expected)) {
    return undefined;
  }
  if (named.length === 0 && !overlap(source, target)) {
    return undefined;
  }
  return {
    source,
    target,
    evidence: named.length,
    distance: Math.abs(
      Date.parse(createdAt(source)) - Date.parse(createdAt(target)),
    ),
  };
}

function overlap(a: LegView, b: LegView): boolean {
  return createdAt(a) <= endOf(b) && createdAt(b) <= endOf(a);
}

function createdAt({ facts, leg }: LegView): string {
  return facts.createdAt ?? leg.firstObservedAt;
}

/** End of a leg's life for the overlap; greater than every time while it has none. */
function endOf(view: LegView): string {
  if (view.final) {
    const end = legTransitions(view).find(({ phase }) => phase === view.phase);
    return end?.at ?? createdAt(view);
  }
  return legOutcome(view) === 'active'
    ? '\uffff'
    : view.gone?.before ?? '\uffff';
}

function keyOf({ leg }: LegView): string {
  return `${leg.cluster}/${leg.uid}`;
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
