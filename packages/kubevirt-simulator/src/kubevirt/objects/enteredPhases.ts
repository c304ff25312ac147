import { kubernetesTime } from './kubernetesTime';
import type { PhaseTransitionTimestamp } from './metadata';

/** `phaseTransitionTimestamps` once a phase is entered: each is dated at its first entry only. */
export function enteredPhases(
  entered: PhaseTransitionTimestamp[] = [],
  phase: string,
  nowMs: number,
): PhaseTransitionTimestamp[] {
  return entered.some(entry => entry.phase === phase)
    ? entered
    : [...entered, { phase, phaseTransitionTimestamp: kubernetesTime(nowMs) }];
}
