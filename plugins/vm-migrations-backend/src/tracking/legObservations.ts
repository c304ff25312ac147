import type { Observation } from '../kubevirt/types';
import type { LegObservation } from './types';

/**
 * What an observation says about legs: a migration speaks about itself, an instance about
 * the migration that its state names, a virtual machine about none.
 */
export function legObservations(observation: Observation): LegObservation[] {
  const { cluster, version, observedAt } = observation;
  switch (observation.kind) {
    case 'migration':
      return [
        {
          cluster,
          uid: observation.uid,
          version,
          observedAt,
          seen: true,
          deleted: observation.deleted,
          facts: observation.facts,
        },
      ];
    case 'instance':
      return observation.migration
        ? [
            {
              cluster,
              uid: observation.migration.uid,
              version,
              observedAt,
              seen: false,
              deleted: false,
              facts: observation.migration.facts,
            },
          ]
        : [];
    default:
      return [];
  }
}
