import type { Direction, Place } from '../model/Migration';

/**
 * How a move looks from some clusters: those of a site, or one. `undefined` when neither
 * end is there. An end in an unknown cluster counts as elsewhere.
 *
 * @public
 */
export function directionSeenFrom(
  migration: { source: Place; target: Place },
  clusters: readonly string[],
): Direction | undefined {
  const { source, target } = migration;
  const from =
    source.cluster !== undefined && clusters.includes(source.cluster);
  const to = target.cluster !== undefined && clusters.includes(target.cluster);
  if (from && to) {
    return 'internal';
  }
  if (to) {
    return 'incoming';
  }
  return from ? 'outgoing' : undefined;
}
