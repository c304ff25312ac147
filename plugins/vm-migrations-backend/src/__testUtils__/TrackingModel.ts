import type { SequenceEvent } from 'kubevirt-simulator';
import { observe, WATCHED_RESOURCES, type Observation } from '../kubevirt';
import {
  deriveMigration,
  groupLegs,
  legObservations,
  mergeObservation,
  type DerivedMigration,
  type Leg,
  type LegObservation,
} from '../tracking';

/** Turns events of a sequence to what they say about legs, as the write path does. */
export function observationsOf(events: SequenceEvent[]): LegObservation[] {
  return observeAll(events).flatMap(legObservations);
}

/** Turns events of a sequence to observations; versions and times go up in their order. */
export function observeAll(events: SequenceEvent[]): Observation[] {
  return events.map((event, index) => {
    const resource = WATCHED_RESOURCES.find(
      candidate => candidate.plural === event.resource,
    );
    if (!resource) {
      throw new Error(`No such resource: ${event.resource}`);
    }
    const { metadata } = event.object;
    return observe(
      {
        ...event.object,
        metadata: {
          ...metadata,
          uid: metadata.uid ?? `uid-of-${metadata.name}`,
          resourceVersion: String(index + 1),
        },
      },
      {
        cluster: event.cluster,
        resource,
        type: event.type,
        observedAt: new Date(1_800_000_000_000 + index).toISOString(),
      },
    );
  });
}

/**
 * Merges observations and derives the records, without a database.
 *
 * @param complete - adds to a leg what is not told by observations of legs
 */
export function recordsOf(
  observations: LegObservation[],
  complete: (leg: Leg) => Leg = leg => leg,
): DerivedMigration[] {
  const legs = new Map<string, Leg>();
  for (const observation of observations) {
    const key = `${observation.cluster}/${observation.uid}`;
    legs.set(key, mergeObservation(legs.get(key), observation, legs.size + 1));
  }
  const byMove = new Map<string, Leg[]>();
  for (const leg of [...legs.values()].map(complete)) {
    const key = leg.facts.migrationID?.[0] ?? `${leg.cluster}/${leg.uid}`;
    byMove.set(key, [...(byMove.get(key) ?? []), leg]);
  }
  return [...byMove.values()]
    .flatMap(groupLegs)
    .map(deriveMigration)
    .filter(record => record !== undefined);
}
