import type { Observation } from '../kubevirt';
import {
  addWhereabouts,
  legObservations,
  withInstance,
  type DerivedMigration,
  type Whereabouts,
} from '../tracking';
import { recordsOf } from './TrackingModel';

/**
 * The records of observations, with the nodes of instances brought to the legs that were not
 * handed over, as the store does it.
 */
export function recordsWithInstances(
  observations: Observation[],
): DerivedMigration[] {
  const histories = new Map<string, Whereabouts[]>();
  for (const observation of observations) {
    if (observation.kind !== 'instance') {
      continue;
    }
    const { cluster, namespace, name, version, instance } = observation;
    const { node, vmUid } = instance;
    if (node !== undefined) {
      const key = `${cluster}/${namespace}/${name}`;
      histories.set(
        key,
        addWhereabouts(histories.get(key) ?? [], {
          node,
          vmUid,
          since: version,
        }),
      );
    }
  }
  return recordsOf(observations.flatMap(legObservations), leg => {
    const { namespace, vmiName } = leg.facts;
    const key = `${leg.cluster}/${namespace?.[0]}/${vmiName?.[0]}`;
    return withInstance(leg, histories.get(key) ?? []);
  });
}
