import type { Knex } from 'knex';
import { INSTANCES, MIGRATIONS } from '../kubevirt/resources';
import { markGone } from '../tracking';
import type { LegSet } from './LegSet';
import type { MachineSet } from './MachineSet';
import type { LegRow, VirtualMachineRow } from './rows';
import { isPresent } from './StoredLeg';
import type { ListCompletion } from './types';
import { readPositions } from './watchPositions';

/*
 * A complete list tells of what vanished while nobody looked: an object that is stored as
 * existing, is not in the list, and has not been seen since the list was made.
 */

/** Marks what is in no list any more. */
export async function completeLists(
  trx: Knex.Transaction,
  sets: { legs: LegSet; machines: MachineSet },
  completions: ListCompletion[],
): Promise<void> {
  for (const completion of completions) {
    const isBefore = await versionOrder(trx, completion);
    if (completion.resource === MIGRATIONS.plural) {
      await completeMigrations(trx, sets.legs, completion, isBefore);
    } else {
      await completeMachines(trx, sets.machines, completion, isBefore);
    }
  }
}

/**
 * Whether a version is from before the list. A list that is older than what was watched
 * already comes from a cluster that was built anew or restored under the same name; its
 * versions say nothing about those that are stored.
 */
async function versionOrder(
  trx: Knex.Transaction,
  { cluster, resource, version }: ListCompletion,
): Promise<(known: number) => boolean> {
  const positions = await readPositions(trx, cluster);
  const watched = Number(
    positions.find(position => position.resource === resource)?.resourceVersion,
  );
  return watched > version ? () => true : known => known <= version;
}

async function completeMigrations(
  trx: Knex.Transaction,
  legs: LegSet,
  completion: ListCompletion,
  isBefore: (version: number) => boolean,
): Promise<void> {
  const { cluster, present, version, knownUntil, observedAt } = completion;
  const stored = await trx<LegRow>('legs')
    .select('uid')
    .where({ cluster })
    .whereRaw('present = 1');
  await legs.load(
    stored.map(({ uid }) => uid).filter(uid => !present.has(uid)),
  );
  for (const { leg } of [...legs.values()]) {
    const seenAt = leg.gone?.[1] ?? 0;
    if (
      leg.cluster === cluster &&
      isPresent(leg) &&
      !present.has(leg.uid) &&
      isBefore(seenAt)
    ) {
      legs.update(
        markGone(
          leg,
          { after: knownUntil, before: observedAt },
          Math.max(version, seenAt),
        ),
      );
    }
  }
}

async function completeMachines(
  trx: Knex.Transaction,
  machines: MachineSet,
  completion: ListCompletion,
  isBefore: (version: number) => boolean,
): Promise<void> {
  const { cluster, present, version } = completion;
  const part =
    completion.resource === INSTANCES.plural ? 'instance' : 'machine';
  const stored = await trx<VirtualMachineRow>('virtual_machines')
    .select('cluster', 'namespace', 'name')
    .where({ cluster })
    .whereNotNull(part);
  const isMissing = (reference: { namespace: string; name: string }) =>
    !present.has(`${reference.namespace}/${reference.name}`);
  await machines.load(stored.filter(isMissing));
  for (const machine of [...machines.values()]) {
    if (
      machine.cluster === cluster &&
      isMissing(machine) &&
      isBefore(machine[part].version)
    ) {
      machines.markGone(machine, part, version);
    }
  }
}
