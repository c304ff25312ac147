import type { PhaseTransition } from 'backstage-plugin-vm-migrations-common';

/** Both halves pass these phases together, each as the other one's state reaches it. */
const PASSED_TOGETHER = [
  'Scheduled',
  'PreparingTarget',
  'TargetReady',
  'Running',
];

/** The halves pass a phase up to this much apart; a greater distance is the clocks'. */
const LARGEST_LAG_MS = 2_000;

/**
 * How far the clock of the target's cluster is ahead of that of the source's, in
 * milliseconds, as far as the two halves show it; 0 when it is too little to be told from
 * the time that a message between them takes, or when they have passed no phase together.
 */
export function clockSkew(
  source: PhaseTransition[],
  target: PhaseTransition[],
): number {
  const [smallest = 0] = PASSED_TOGETHER.flatMap(phase => {
    const [here, there] = [
      reportedAt(source, phase),
      reportedAt(target, phase),
    ];
    return here === undefined || there === undefined ? [] : [there - here];
  }).sort((a, b) => Math.abs(a) - Math.abs(b));
  return Math.abs(smallest) > LARGEST_LAG_MS ? smallest : 0;
}

function reportedAt(
  transitions: PhaseTransition[],
  phase: string,
): number | undefined {
  const passed = transitions.find(
    transition =>
      transition.phase === phase && transition.timeSource === 'reported',
  );
  return passed && Date.parse(passed.at);
}
