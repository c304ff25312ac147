import { isFinalPhase } from 'backstage-plugin-vm-migrations-common';
import type { Leg, Whereabouts } from './types';
import { whereaboutsAt } from './whereabouts';

/*
 * Until the VM is handed over nothing that belongs to a migration names the node it leaves,
 * and a migration that fails or is cancelled before never names it. It is the node on which
 * the instance ran when the migration ended: afterwards another migration may have moved it
 * (docs/kubevirt.md, "Where live data is").
 *
 * Instances and migrations come by two watches, and either may be behind. So the answer is a
 * function of the leg and of where the instance was over time, asked again whenever one of
 * the two becomes different, until nothing new about the time of the leg can come.
 */

/** The leg with where its instance ran at its end, or runs while it has none. */
export function withInstance(leg: Leg, whereabouts: Whereabouts[]): Leg {
  const { instance: known } = leg;
  const end = lastVersion(leg);
  const found = whereaboutsAt(whereabouts, end);
  const isNews =
    seeksInstance(leg) &&
    found !== undefined &&
    (known === undefined || known.since > end || known.since < found.since);
  return isNews ? { ...leg, instance: found } : leg;
}

/**
 * Whether what an instance tells next may still say where a leg started.
 *
 * @param seenVersion - version up to which the instance has been seen
 */
export function awaitsInstance(leg: Leg, seenVersion: number): boolean {
  return seeksInstance(leg) && seenVersion <= lastVersion(leg);
}

/** Nothing but its instance tells the node that the leg leaves, as far as is known. */
export function seeksInstance({ seen, facts }: Leg): boolean {
  const role = facts.role?.[0];
  return (
    seen &&
    (role === 'local' || role === 'source') &&
    facts.sourceNode === undefined
  );
}

/** Version up to which the migration was under way; without end while it is. */
export function lastVersion({ facts, gone }: Leg): number {
  const [phase, version] = facts.phase ?? ['', 0];
  if (isFinalPhase(phase)) {
    return version;
  }
  // Every state of the object tells its name, but not one without a status its phase.
  return gone?.[0] ? facts.name?.[1] ?? version : Infinity;
}
