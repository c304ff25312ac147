import type { DerivedMigration } from '../../tracking';
import { recordsWithInstances } from '../recordsWithInstances';
import { observeAll } from '../TrackingModel';
import type { History } from './History';

/** The records that a history must end in. */
export function recordsOfHistory({ events }: History): DerivedMigration[] {
  return recordsWithInstances(observeAll(events));
}

/** The record of one move of a history, named by the uid of one of its migrations. */
export function recordOf(
  history: History,
  migration: { uid: string },
): DerivedMigration {
  const found = recordsOfHistory(history).filter(record =>
    record.legs.some(leg => leg.uid === migration.uid),
  );
  expect(found).toHaveLength(1);
  return found[0];
}

/** The phases of a record in their order. */
export function phasesOf(record: DerivedMigration): string[] {
  return record.transitions.map(({ phase }) => phase);
}
