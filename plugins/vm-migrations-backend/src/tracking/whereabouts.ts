import type { Whereabouts } from './types';

/** Enough for the moves of one instance in the time by which one watch lags behind another. */
const MAX_WHEREABOUTS = 8;

/**
 * Where an instance was, with one more observation of it; oldest first. Only a change adds
 * to them, also one that is told late, and the oldest go when there are too many.
 */
export function addWhereabouts(
  known: Whereabouts[],
  told: Whereabouts,
): Whereabouts[] {
  const before = known.findLastIndex(({ since }) => since <= told.since);
  return before >= 0 && isSamePlace(known[before], told)
    ? known
    : known.toSpliced(before + 1, 0, told).slice(-MAX_WHEREABOUTS);
}

/** Where the instance was at a version; undefined if that is older than all that is known. */
export function whereaboutsAt(
  known: Whereabouts[],
  version: number,
): Whereabouts | undefined {
  return known.findLast(({ since }) => since <= version);
}

function isSamePlace(a: Whereabouts, b: Whereabouts): boolean {
  return a.node === b.node && a.vmUid === b.vmUid;
}
