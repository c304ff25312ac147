import { isFinalPhase } from 'backstage-plugin-vm-migrations-common';
import type { Leg } from './types';

/*
 * Until the VM is handed over nothing that belongs to a migration names the node it leaves,
 * and a migration that fails or is cancelled before never names it. It is the node that the
 * instance runs on, as long as what the instance says is no younger than the end of the
 * migration: afterwards another migration may have moved it (docs/kubevirt.md, "Where live
 * data is").
 */

/** Whether the node of its instance, as of `version`, is the source node of a leg. */
export function leavesInstanceNode(leg: Leg, version: number): boolean {
  const { role, sourceNode } = leg.facts;
  return (
    leg.seen &&
    (role?.[0] === 'local' || role?.[0] === 'source') &&
    sourceNode === undefined &&
    version <= lastVersion(leg)
  );
}

/** Version up to which the migration was under way; without end while it is. */
export function lastVersion({ facts, gone }: Leg): number {
  const [phase, version] = facts.phase ?? ['', 0];
  return isFinalPhase(phase) || gone?.[0] ? version : Infinity;
}
