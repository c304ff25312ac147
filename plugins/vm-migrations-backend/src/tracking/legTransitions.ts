import {
  isFinalPhase,
  PHASES,
  phaseRank,
  type PhaseTransition,
} from 'backstage-plugin-vm-migrations-common';
import type { LegView } from './legView';

/**
 * The phases of a leg in the order in which it entered them. KubeVirt's own list is
 * complete wherever there is one and keeps its order; a phase that only this portal saw
 * (older versions, hand-written objects) is put in where it belongs (docs/kubevirt.md,
 * "Transitions and clocks").
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
  const transitions = [...reported];
  for (const transition of observed) {
    const next = transitions.findIndex(other => isBefore(transition, other));
    transitions.splice(next < 0 ? transitions.length : next, 0, transition);
  }
  return transitions;
}

/**
 * The transitions of two halves as one list by time; each half's own order stays, equal times
 * go by phase.
 *
 * @param skewMs - how far the clock of the second list is ahead of that of the first
 */
export function mergeTransitions(
  left: PhaseTransition[],
  right: PhaseTransition[],
  skewMs: number,
): PhaseTransition[] {
  const merged: PhaseTransition[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    const distance =
      Date.parse(left[l].at) - (Date.parse(right[r].at) - skewMs);
    const order =
      distance || phaseRank(left[l].phase) - phaseRank(right[r].phase);
    merged.push(order <= 0 ? left[l++] : right[r++]);
  }
  return [...merged, ...left.slice(l), ...right.slice(r)];
}

/**
 * Our clock and the controller's do not agree, the order of the phases is known: only a phase
 * that is not known today is placed by its time.
 */
function isBefore(observed: PhaseTransition, other: PhaseTransition): boolean {
  return isFinalPhase(other.phase) ||
    (isKnownPhase(observed.phase) && isKnownPhase(other.phase))
    ? phaseRank(observed.phase) < phaseRank(other.phase)
    : observed.at < other.at;
}

function isKnownPhase(phase: string): boolean {
  return (PHASES as readonly string[]).includes(phase);
}

function byTimeThenPhase(a: PhaseTransition, b: PhaseTransition): number {
  if (a.at !== b.at) {
    return a.at < b.at ? -1 : 1;
  }
  return phaseRank(a.phase) - phaseRank(b.phase);
}
