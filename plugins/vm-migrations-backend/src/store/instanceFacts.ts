import type { Knex } from 'knex';
import { isFinalPhase } from 'backstage-plugin-vm-migrations-common';
import type { InstancePart, Observation } from '../kubevirt/types';
import { mergeObservation, type Leg } from '../tracking';
import { selectIn } from './chunks';
import { nameColumn, parseJson } from './columns';
import type { LegSet } from './LegSet';
import type { MachineSet } from './MachineSet';
import type { LegRow } from './rows';
import { isPresent } from './StoredLeg';

/*
 * Until the VM is handed over, nothing that belongs to a migration names the node it leaves;
 * that is the node on which the instance runs. Whichever of the two is seen later brings
 * them together.
 */

/** Gives the legs that wait for their hand-over the node and VM of their instance. */
export async function mergeInstanceFacts(
  trx: Knex.Transaction,
  sets: { legs: LegSet; machines: MachineSet },
  observations: Observation[],
): Promise<void> {
  const { legs, machines } = sets;
  const instances = observations.filter(({ kind }) => kind === 'instance');
  legs.add(
    await selectIn(
      instances.map(({ name }) => nameColumn(name)),
      chunk =>
        trx<LegRow>('legs')
          .select('*')
          .whereRaw('active = 1')
          .whereIn('vmi_name', chunk),
    ),
  );
  const waiting = [...legs.values()]
    .map(({ leg }) => leg)
    .filter(isWaitingForHandOver);
  await machines.load(
    waiting.filter(({ facts }) => !facts.instanceNode).map(instanceReferenceOf),
  );
  for (const leg of waiting) {
    const stored = machines.get(instanceReferenceOf(leg))?.instance;
    if (stored?.json) {
      const { node, vmUid } = parseJson<InstancePart>(stored.json);
      if (
        (node ?? leg.facts.instanceNode?.[0]) !== leg.facts.instanceNode?.[0] ||
        (vmUid ?? leg.facts.vmUid?.[0]) !== leg.facts.vmUid?.[0]
      ) {
        legs.update(
          mergeObservation(
            leg,
            {
              cluster: leg.cluster,
              uid: leg.uid,
              version: stored.version,
              observedAt: leg.firstObservedAt,
              seen: false,
              deleted: false,
              facts: { instanceNode: node, vmUid },
            },
            leg.firstSeen,
          ),
        );
      }
    }
  }
}

function isWaitingForHandOver(leg: Leg): boolean {
  const { role, sourceNode, phase } = leg.facts;
  return (
    isPresent(leg) &&
    !isFinalPhase(phase?.[0] ?? '') &&
    (role?.[0] === 'local' || role?.[0] === 'source') &&
    sourceNode === undefined
  );
}

function instanceReferenceOf({ cluster, facts }: Leg) {
  return {
    cluster,
    namespace: facts.namespace?.[0] ?? '',
    name: facts.vmiName?.[0] ?? '',
  };
}
