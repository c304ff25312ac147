import type { Knex } from 'knex';
import type { InstancePart, Observation } from '../kubevirt/types';
import { leavesInstanceNode, mergeObservation, type Leg } from '../tracking';
import { selectIn } from './chunks';
import { nameColumn, parseJson } from './columns';
import type { LegSet } from './LegSet';
import type { MachineSet } from './MachineSet';
import type { LegRow } from './rows';
import {
  virtualMachineId,
  type VirtualMachineReference,
} from './virtualMachineRow';

/*
 * Until the VM is handed over, nothing that belongs to a migration names the node it leaves;
 * that is the node on which the instance runs. Whichever of the two is seen later brings
 * them together. A whole migration may pass within one batch, so each state of the instance
 * in it is a candidate, not only the one that is stored in the end.
 */

/** Where an instance runs, as of a version. */
interface Whereabouts {
  version: number;
  instance: Pick<InstancePart, 'node' | 'vmUid'>;
}

/** Gives the legs that were not handed over the node and VM of their instance. */
export async function mergeInstanceFacts(
  trx: Knex.Transaction,
  sets: { legs: LegSet; machines: MachineSet },
  observations: Observation[],
): Promise<void> {
  const { legs, machines } = sets;
  const instances = observations.filter(
    observation => observation.kind === 'instance',
  );
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
    .filter(leg => leavesInstanceNode(leg, 0));
  await machines.load(
    waiting.filter(({ facts }) => !facts.instanceNode).map(instanceReferenceOf),
  );
  const observed = new Map<string, Whereabouts[]>();
  for (const instance of instances) {
    const id = virtualMachineId(instance);
    const states = observed.get(id);
    if (states) {
      states.push(instance);
    } else {
      observed.set(id, [instance]);
    }
  }
  for (const leg of waiting) {
    const reference = instanceReferenceOf(leg);
    const [newest] = [
      ...(observed.get(virtualMachineId(reference)) ?? []),
      ...storedWhereabouts(machines, reference),
    ]
      .filter(({ version }) => leavesInstanceNode(leg, version))
      .sort((a, b) => b.version - a.version);
    if (newest && saysMore(newest, leg)) {
      const { node, vmUid } = newest.instance;
      legs.update(
        mergeObservation(
          leg,
          {
            cluster: leg.cluster,
            uid: leg.uid,
            version: newest.version,
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

function storedWhereabouts(
  machines: MachineSet,
  reference: VirtualMachineReference,
): Whereabouts[] {
  const stored = machines.get(reference)?.instance;
  return stored?.json
    ? [{ version: stored.version, instance: parseJson(stored.json) }]
    : [];
}

function saysMore({ version, instance }: Whereabouts, { facts }: Leg): boolean {
  const { node, vmUid } = instance;
  return (
    version > (facts.instanceNode?.[1] ?? -1) &&
    ((node ?? facts.instanceNode?.[0]) !== facts.instanceNode?.[0] ||
      (vmUid ?? facts.vmUid?.[0]) !== facts.vmUid?.[0])
  );
}

function instanceReferenceOf({ cluster, facts }: Leg): VirtualMachineReference {
  return {
    cluster,
    namespace: facts.namespace?.[0] ?? '',
    name: facts.vmiName?.[0] ?? '',
  };
}
