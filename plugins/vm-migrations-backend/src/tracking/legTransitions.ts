import {
  phaseRank,
  type PhaseTransition,
} from 'backstage-plugin-vm-migrations-common';
import type { LegView } from './legView';

/**
 * The phases of a leg in the order in which it entered them. KubeVirt's own list is
 * complete wherever there is one and keeps its order; a phase that only this portal saw
 * (older versions, hand-written objects) is put in by its time.
 */
export function legTransitions({ leg, facts }: LegView): PhaseTransition[] {
  const reported = (facts.reportedTransitions ?? []).map(
    ({ phase, at }): PhaseTransition => ({
      leg: leg.uid,
      phase,
      at,
      timeSource: 'reported',
    }),
  );
  const told = new Set(reported.map(transition => transition.phase));
  const observed = Object.entries(leg.observedPhases)
    .filter(([phase]) => !told.has(phase))
    .map(
      ([phase, at]): PhaseTransition => ({
        leg: leg.uid,
        phase,
        at,
        timeSource: 'observed',
      }),
    )
    .sort(byTimeThenPhase);
  return mergeTransitions(reported, observed);
}

/** Two lists, each in its own order, as one by time; equal times go by phase. */
export function mergeTransitions(
  left: PhaseTransition[],
  right: PhaseTransition[],
): PhaseTransition[] {
  const merged: PhaseTransition[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    merged.push(
      byTimeThenPhase(left[l], right[r]) <= 0 ? left[l++] : right[r++],
    );
  }
  return [...merged, ...left.slice(l), ...right.slice(r)];
}

function byTimeThenPhase(a: PhaseTransition, b: PhaseTransition): number {
  if (a.at !== b.at) {
    return a.at < b.at ? -1 : 1;
  }
  return phaseRank(a.phase) - phaseRank(b.phase);
}
