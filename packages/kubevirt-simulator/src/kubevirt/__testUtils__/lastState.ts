import { at } from './outline';
import type { HistoryEvent } from './simulation';

/** What was seen of clusters. */
interface Seen {
  history: readonly HistoryEvent[];
}

/** How a migration looked when it was seen last. */
export interface LastState {
  phase: unknown;
  phases: unknown[];
  state: unknown;
  abortRequested: boolean;
  deletionRequested: boolean;
  deleted: boolean;
}

export function lastStateOf(simulation: Seen, uid: string): LastState {
  const last = simulation.history.findLast(
    ({ object }) => object.metadata.uid === uid,
  );
  if (!last) throw new Error(`Nothing was seen of ${uid}`);
  return {
    phase: at(last.object, 'status', 'phase'),
    phases: namesOf(at(last.object, 'status', 'phaseTransitionTimestamps')),
    state: at(last.object, 'status', 'migrationState'),
    abortRequested: namesOf(at(last.object, 'status', 'conditions')).includes(
      'migrationAbortRequested',
    ),
    deletionRequested: last.object.metadata.deletionTimestamp !== undefined,
    deleted: last.type === 'DELETED',
  };
}

/** Reasons of the events about an object, in order. */
export function reasonsOf(simulation: Seen, uid: string): unknown[] {
  return simulation.history
    .filter(event => isAbout(event, uid))
    .map(({ object }) => at(object, 'reason'));
}

function isAbout({ resource, type, object }: HistoryEvent, uid: string) {
  return (
    resource === 'events' &&
    type === 'ADDED' &&
    at(object, 'involvedObject', 'uid') === uid
  );
}

function namesOf(list: unknown): unknown[] {
  return Array.isArray(list)
    ? list.map(entry => at(entry, 'phase') ?? at(entry, 'type'))
    : [];
}
