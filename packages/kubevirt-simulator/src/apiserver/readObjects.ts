/** GET of one object and of a list, as a whole or page by page. */
import type { ObjectStore, StoredObject } from '../store';
import { lowerBound } from '../store/Collection';
import { notFound, StatusError } from '../store/StatusError';
import type { ResponseForm } from './accept';
import { encodeContinueToken, expiredContinueToken } from './continueToken';
import { parseListOptions } from './listOptions';
import type { ListOptions } from './listOptions';
import type { ResourceRequest } from './RequestInfo';
import { jsonOf } from './ServedResource';
import type { ServedResource } from './ServedResource';
import { TablePrinter } from './table';

export interface ReadContext {
  store: ObjectStore;
  resource: ServedResource;
  request: ResourceRequest;
  form: ResponseForm;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/**
 * @returns the JSON text of the answer
 * @throws StatusError 404
 */
export function readObject(context: ReadContext, name: string): string {
  const { store, resource, request, form } = context;
  const { definition } = resource;
  const stored = store.stored(
    definition.plural,
    definition.namespaced ? request.namespace : undefined,
    name,
  );
  if (!stored) throw notFound(definition, name);
  if (form.form === 'object') return jsonOf(resource, stored);
  const { resourceVersion } = stored.object.metadata;
  return JSON.stringify(
    new TablePrinter(definition, form.includeObject, context.now).print(
      [stored],
      { resourceVersion },
    ),
  );
}

interface Page {
  objects: StoredObject[];
  metadata: {
    resourceVersion: string;
    continue: string;
    remainingItemCount?: number;
  };
}

/**
 * @returns the JSON text of the answer
 * @throws StatusError 400, 410, 422, 504
 */
export function readList(context: ReadContext): string {
  const { resource, request, form } = context;
  const options = parseListOptions(resource.definition, request);
  const { objects, metadata } = pageOf(context, options);
  if (form.form === 'object') return listJson(resource, objects, metadata);
  // A table leaves an empty token out, where a list of custom resources has it.
  const tableMetadata = {
    ...metadata,
    continue: metadata.continue || undefined,
  };
  return JSON.stringify(
    new TablePrinter(
      resource.definition,
      form.includeObject,
      context.now,
    ).print(objects, tableMetadata),
  );
}

/** A list around texts that are already written out. */
export function listJson(
  resource: ServedResource,
  objects: StoredObject[],
  metadata: object,
): string {
  const { apiVersion, definition } = resource;
  const items = objects.map(object => jsonOf(resource, object)).join(',');
  return `{"apiVersion":"${apiVersion}","items":[${items}],"kind":"${
    definition.kind
  }List","metadata":${JSON.stringify(metadata)}}`;
}

function pageOf(
  { store, resource, request }: ReadContext,
  options: ListOptions,
): Page {
  const { definition } = resource;
  const { continueToken, isSelective, matches } = options;
  // The watch cache, from which version 0 is answered, knows no pages.
  const isPaged = options.limit !== undefined && options.resourceVersion !== 0;
  const limit = isPaged ? options.limit : undefined;
  const pinned = versionOf(store, options);
  const resourceVersion = pinned ?? store.resourceVersion;
  const candidates = snapshotOf(store, definition.plural, options, pinned);
  const [start, end] = rangeOf(
    candidates,
    definition.namespaced ? request.namespace : undefined,
    continueToken?.lastKey,
  );

  const objects: StoredObject[] = [];
  let position = start;
  while (position < end && objects.length < (limit ?? Infinity)) {
    if (!isSelective || matches(candidates[position])) {
      objects.push(candidates[position]);
    }
    position += 1;
  }
  while (isSelective && position < end && !matches(candidates[position])) {
    position += 1;
  }
  const last = objects.at(-1);
  const metadata = { resourceVersion: String(resourceVersion), continue: '' };
  if (!last || position === end) return { objects, metadata };
  return {
    objects,
    metadata: {
      ...metadata,
      continue: encodeContinueToken({ resourceVersion, lastKey: last.key }),
      ...(!isSelective && { remainingItemCount: end - position }),
    },
  };
}

/** From the first object after `lastKey` to the end of the namespace, as places in the list. */
function rangeOf(
  objects: readonly StoredObject[],
  namespace: string | undefined,
  lastKey: string | undefined,
): [start: number, end: number] {
  // `0` is the character after the `/` that ends the namespace's part of a key.
  const first = namespace ? lowerBound(objects, `${namespace}/`) : 0;
  const end = namespace ? lowerBound(objects, `${namespace}0`) : objects.length;
  if (lastKey === undefined) return [first, end];
  return [Math.max(first, lowerBound(objects, `${lastKey}\0`)), end];
}

/** The past version that is asked for, undefined for the present one. */
function versionOf(
  store: ObjectStore,
  options: ListOptions,
): number | undefined {
  const { continueToken, limit, resourceVersion, resourceVersionMatch } =
    options;
  if (continueToken) {
    return continueToken.resourceVersion < 0
      ? undefined
      : continueToken.resourceVersion;
  }
  if (!resourceVersion) return undefined;
  if (resourceVersion > store.resourceVersion) {
    throw tooLargeResourceVersion(resourceVersion, store.resourceVersion);
  }
  // Without a word on it, a limited list is exact and an unlimited one may be newer.
  const isExact =
    resourceVersionMatch === 'Exact' ||
    (resourceVersionMatch === undefined && limit !== undefined);
  return isExact ? resourceVersion : undefined;
}

function snapshotOf(
  store: ObjectStore,
  plural: string,
  { continueToken }: ListOptions,
  pinned: number | undefined,
): readonly StoredObject[] {
  if (pinned === undefined || pinned >= store.compactedResourceVersion) {
    return store.snapshot(plural, pinned);
  }
  throw continueToken
    ? expiredContinueToken(continueToken)
    : new StatusError(
        410,
        'Expired',
        'The resourceVersion for the provided list is too old.',
      );
}

export function tooLargeResourceVersion(
  wanted: number,
  current: number,
): StatusError {
  return new StatusError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${wanted}, current: ${current}`,
    {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  );
}
