import type { LegRole } from 'backstage-plugin-vm-migrations-common';
import { legOutcome } from './legOutcome';
import { legTransitions } from './legTransitions';
import { legView, type LegView } from './legView';
import type { Leg } from './types';

/** What is asked of a leg again and again: one id may have been used for thousands. */
interface Half {
  leg: Leg;
  view: LegView;
  key: string;
  createdAt: string;
  /** Greater than every time while it has not ended. */
  endedAt: string;
}

interface Candidate {
  source: Half;
  target: Half;
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
  const halves = legs.map(halfOf);
  const byUid = new Map(halves.map(half => [half.leg.uid, half]));
  const partners = new Map(
    halves.map(half => [half, namedPartner(half, byUid)]),
  );
  const ofRole = (role: LegRole) =>
    halves.filter(({ view }) => view.facts.role === role);
  const targets = ofRole('target');
  const candidates = ofRole('source')
    .flatMap(source =>
      targets.map(target => candidate(source, target, partners)),
    )
    .filter(pair => pair !== undefined)
    .sort(
      (a, b) =>
        b.evidence - a.evidence ||
        a.distance - b.distance ||
        compare(a.source.key, b.source.key) ||
        compare(a.target.key, b.target.key),
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
function namedPartner(
  half: Half,
  byUid: Map<string, Half>,
): string | undefined {
  const { facts, handedOver } = half.view;
  const uid =
    facts.role === 'source'
      ? facts.targetMigrationUid
      : facts.sourceMigrationUid;
  const named = uid === undefined ? undefined : byUid.get(uid);
  return handedOver || (named && overlap(half, named)) ? uid : undefined;
}

function candidate(
  source: Half,
  target: Half,
  partners: Map<Half, string | undefined>,
): Candidate | undefined {
  const byTarget = partners.get(target);
  const bySource = partners.get(source);
  if (
    (bySource ?? target.leg.uid) !== target.leg.uid ||
    (byTarget ?? source.leg.uid) !== source.leg.uid
  ) {
    return undefined;
  }
  const evidence =
    Number(bySource !== undefined) + Number(byTarget !== undefined);
  return evidence || overlap(source, target)
    ? {
        source,
        target,
        evidence,
        distance: Math.abs(
          Date.parse(source.createdAt) - Date.parse(target.createdAt),
        ),
      }
    : undefined;
}

function overlap(a: Half, b: Half): boolean {
  return a.createdAt <= b.endedAt && b.createdAt <= a.endedAt;
}

function halfOf(leg: Leg): Half {
  const view = legView(leg);
  const createdAt = view.facts.createdAt ?? leg.firstObservedAt;
  return {
    leg,
    view,
    key: `${leg.cluster}/${leg.uid}`,
    createdAt,
    endedAt: endOf(view) ?? '\uffff',
  };
}

function endOf(view: LegView): string | undefined {
  if (view.final) {
    return legTransitions(view).find(({ phase }) => phase === view.phase)?.at;
  }
  return legOutcome(view) === 'active' ? undefined : view.gone?.before;
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
