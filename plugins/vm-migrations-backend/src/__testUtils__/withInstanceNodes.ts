import type { InstanceObservation, Observation } from '../kubevirt';
import {
  legObservations,
  leavesInstanceNode,
  mergeObservation,
  type Leg,
  type LegObservation,
} from '../tracking';

/**
 * What observations say about legs, with the nodes of instances brought to the legs that
 * wait for their hand-over, as the store does it.
 */
export function withInstanceNodes(
  observations: Observation[],
): LegObservation[] {
  const told: LegObservation[] = [];
  const legs = new Map<string, Leg>();
  const instances = new Map<string, InstanceObservation>();
  const add = (observation: LegObservation) => {
    const key = `${observation.cluster}/${observation.uid}`;
    told.push(observation);
    legs.set(key, mergeObservation(legs.get(key), observation, legs.size + 1));
  };

  for (const observation of observations) {
    legObservations(observation).forEach(add);
    const { cluster, namespace, name } = observation;
    const key = `${cluster}/${namespace}/${name}`;
    const known = instances.get(key);
    if (
      observation.kind === 'instance' &&
      (!known || known.version < observation.version)
    ) {
      instances.set(key, observation);
    }
    for (const leg of [...legs.values()]) {
      const { facts } = leg;
      const instance = instances.get(
        `${leg.cluster}/${facts.namespace?.[0]}/${facts.vmiName?.[0]}`,
      );
      if (
        instance &&
        instance.version !== facts.instanceNode?.[1] &&
        leavesInstanceNode(leg, instance.version)
      ) {
        const { node, vmUid } = instance.instance;
        add({
          cluster: leg.cluster,
          uid: leg.uid,
          version: instance.version,
          observedAt: leg.firstObservedAt,
          seen: false,
          deleted: false,
          facts: { instanceNode: node, vmUid },
        });
      }
    }
  }
  return told;
}
