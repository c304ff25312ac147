import type { Knex } from 'knex';
import type { Observation } from '../kubevirt/types';
import {
  awaitsInstance,
  lastVersion,
  seeksInstance,
  withInstance,
  type Leg,
} from '../tracking';
import { selectIn } from './chunks';
import { nameColumn } from './columns';
import type { LegSet } from './LegSet';
import type { MachineSet } from './MachineSet';
import type { LegRow } from './rows';
import { instanceReferenceOf } from './StoredLeg';
import { virtualMachineId } from './virtualMachineRow';

/*
 * Until the VM is handed over, nothing that belongs to a migration names the node it leaves;
 * that is where the instance was when the migration ended. Whichever of the two is seen
 * later brings them together: a leg asks the stored history of its instance, and an instance
 * looks for the legs that still wait for what it says. A leg waits until it is handed over,
 * or has ended and its instance has been seen at a later version than its end.
 */

/** Gives the legs that were not handed over the node and VM of their instance. */
export async function mergeInstanceFacts(
  trx: Knex.Transaction,
  sets: { legs: LegSet; machines: MachineSet },
  observations: Observation[],
): Promise<void> {
  const { legs, machines } = sets;
  const seenVersions = newestVersions(observations);
  legs.add(
    await selectIn([...seenVersions.keys()].map(nameColumn), chunk =>
      trx<LegRow>('legs').select('*').whereIn('awaited_instance', chunk),
    ),
  );
  const all = [...legs.values()].map(({ leg }) => leg);
  await machines.load(all.filter(needsHistory).map(instanceReferenceOf));
  for (const leg of all) {
    const reference = instanceReferenceOf(leg);
    const machine = machines.get(reference);
    const placed = withInstance(leg, machine?.whereabouts ?? []);
    if (placed !== leg) {
      legs.update(placed);
    }
    const seenVersion = Math.max(
      machine?.instance.version ?? 0,
      seenVersions.get(virtualMachineId(reference)) ?? 0,
    );
    legs.await(placed, awaitsInstance(placed, seenVersion));
  }
}

/** Up to which version each instance was seen, by the id of its virtual machine. */
function newestVersions(observations: Observation[]): Map<string, number> {
  const versions = new Map<string, number>();
  for (const observation of observations) {
    if (observation.kind === 'instance') {
      const id = virtualMachineId(observation);
      versions.set(id, Math.max(observation.version, versions.get(id) ?? 0));
    }
  }
  return versions;
}

/** A leg that is under way and knows its instance hears of what comes next. */
function needsHistory(leg: Leg): boolean {
  return seeksInstance(leg) && (!leg.instance || lastVersion(leg) < Infinity);
}
