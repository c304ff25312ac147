import type { WatchedObject } from './types';
import { ProtocolError } from './watchErrors';

/*
 * The border at which JSON becomes typed. Checked by hand and in place: a first sync
 * brings a hundred thousand objects, and a schema library would copy each of them.
 */

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWatchedObject(value: unknown): value is WatchedObject {
  return (
    isRecord(value) &&
    isRecord(value.metadata) &&
    typeof value.metadata.name === 'string' &&
    typeof value.metadata.uid === 'string' &&
    typeof value.metadata.resourceVersion === 'string'
  );
}

function stringIn(value: unknown, field: string): string | undefined {
  const found = isRecord(value) ? value[field] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** One page of a list. */
export interface ListPage {
  objects: WatchedObject[];
  /** The same for all pages of a list. */
  resourceVersion: string;
  /** Where the next page begins; absent on the last one. */
  continue?: string;
}

/**
 * Takes over a parsed list. Its items are the returned objects; they get apiVersion and
 * kind where the server left them to the list.
 *
 * @throws ProtocolError when it is no list of Kubernetes objects
 */
export function toListPage(value: unknown): ListPage {
  const items = isRecord(value) ? value.items : undefined;
  const metadata = isRecord(value) ? value.metadata : undefined;
  const resourceVersion = stringIn(metadata, 'resourceVersion');
  if (!Array.isArray(items) || !resourceVersion) {
    throw new ProtocolError(
      'The answer to a list is no Kubernetes list with items and a resourceVersion',
    );
  }
  const apiVersion = stringIn(value, 'apiVersion');
  const kind = stringIn(value, 'kind')?.replace(/List$/, '');
  const objects: WatchedObject[] = [];
  for (const item of items) {
    if (!isWatchedObject(item)) {
      throw new ProtocolError(
        'A list contains an item without name, uid or resourceVersion',
      );
    }
    item.apiVersion ??= apiVersion;
    item.kind ??= kind;
    objects.push(item);
  }
  return {
    objects,
    resourceVersion,
    continue: stringIn(metadata, 'continue') || undefined,
  };
}

/** An event of a watch as it came, its object not yet judged. */
export interface RawEvent {
  type: string;
  object: unknown;
}

/** @throws ProtocolError when it is no event */
export function toRawEvent(value: unknown): RawEvent {
  const type = stringIn(value, 'type');
  if (type === undefined || !isRecord(value)) {
    throw new ProtocolError('A line of the watch is no event');
  }
  return { type, object: value.object };
}

/** @throws ProtocolError when it is no Kubernetes object */
export function toWatchedObject(value: unknown): WatchedObject {
  if (!isWatchedObject(value)) {
    throw new ProtocolError(
      'An event has an object without name, uid or resourceVersion',
    );
  }
  return value;
}

/** The position that a bookmark carries. */
export function bookmarkedVersion(value: unknown): string | undefined {
  const metadata = isRecord(value) ? value.metadata : undefined;
  return stringIn(metadata, 'resourceVersion') || undefined;
}
