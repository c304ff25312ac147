/** The parameters of lists and watches, with the refusals of kube-apiserver. */
import type { ResourceDefinition, StoredObject } from '../store';
import { parseLabelSelector } from '../store/labelSelector';
import { badRequest, invalidField, StatusError } from '../store/StatusError';
import type { InvalidFieldReason } from '../store/StatusError';
import { decodeContinueToken } from './continueToken';
import type { ContinueToken } from './continueToken';
import { parseFieldSelector } from './fieldSelector';
import { isTrue } from './RequestInfo';
import type { ResourceRequest } from './RequestInfo';

export type ObjectFilter = (object: StoredObject) => boolean;

export interface ListOptions {
  matches: ObjectFilter;
  /** Whether some objects of the namespace may not match. */
  isSelective: boolean;
  limit: number | undefined;
  continueToken: ContinueToken | undefined;
  /** Undefined: the latest. */
  resourceVersion: number | undefined;
  resourceVersionMatch: 'Exact' | 'NotOlderThan' | undefined;
}

export interface WatchOptions {
  matches: ObjectFilter;
  resourceVersion: number | undefined;
  timeoutSeconds: number | undefined;
  allowWatchBookmarks: boolean;
  /** Undefined when the client does not say: then the resource version decides. */
  sendInitialEvents: boolean | undefined;
}

/** @throws StatusError 400, 422 */
export function parseListOptions(
  definition: ResourceDefinition,
  request: ResourceRequest,
): ListOptions {
  const { query } = request;
  const continueText = query.get('continue');
  const resourceVersion = resourceVersionOf(query, 400);
  const match = matchOf(query, resourceVersion);
  const continueToken = continueText
    ? decodeContinueToken(continueText)
    : undefined;
  if (continueToken && resourceVersion) {
    throw badRequest(
      'specifying resource version is not allowed when using continue',
    );
  }
  if (match === 'Exact' && resourceVersion === 0) {
    throw invalidOption(
      'resourceVersionMatch',
      'FieldValueForbidden',
      'Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    );
  }
  return {
    ...filterOf(definition, request),
    limit: positiveIntegerOf(query, 'limit'),
    continueToken,
    resourceVersion,
    resourceVersionMatch: match,
  };
}

/** @throws StatusError 400, 422, and 500 for a resource version that is no number */
export function parseWatchOptions(
  definition: ResourceDefinition,
  request: ResourceRequest,
): WatchOptions {
  const { query } = request;
  const resourceVersion = resourceVersionOf(query, 500);
  const sendInitialEvents = query.has('sendInitialEvents')
    ? isTrue(query.get('sendInitialEvents'))
    : undefined;
  if (sendInitialEvents === undefined && query.get('resourceVersionMatch')) {
    throw invalidOption(
      'resourceVersionMatch',
      'FieldValueForbidden',
      'Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    );
  }
  if (
    sendInitialEvents !== undefined &&
    query.get('resourceVersionMatch') !== 'NotOlderThan'
  ) {
    throw invalidOption(
      'resourceVersionMatch',
      'FieldValueForbidden',
      'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  }
  return {
    matches: filterOf(definition, request).matches,
    resourceVersion,
    timeoutSeconds: positiveIntegerOf(query, 'timeoutSeconds'),
    allowWatchBookmarks: isTrue(query.get('allowWatchBookmarks')),
    sendInitialEvents,
  };
}

/** What namespace and selectors of a request leave over. */
export function filterOf(
  definition: ResourceDefinition,
  request: ResourceRequest,
): Pick<ListOptions, 'matches' | 'isSelective'> {
  const labelSelector = request.query.get('labelSelector') ?? '';
  const fieldSelector = request.query.get('fieldSelector') ?? '';
  const labelsMatch = parseLabelSelector(labelSelector);
  const fieldsMatch = parseFieldSelector(definition, fieldSelector);
  const namespace = definition.namespaced ? request.namespace : undefined;
  return {
    matches: object =>
      (namespace === undefined || object.namespace === namespace) &&
      labelsMatch(object.labels) &&
      fieldsMatch(object),
    isSelective: labelSelector !== '' || fieldSelector !== '',
  };
}

function resourceVersionOf(
  query: URLSearchParams,
  code: 400 | 500,
): number | undefined {
  const text = query.get('resourceVersion');
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const message = `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`;
  throw code === 400
    ? badRequest(`invalid resource version: ${message}`)
    : new StatusError(500, undefined, message);
}

function matchOf(
  query: URLSearchParams,
  resourceVersion: number | undefined,
): ListOptions['resourceVersionMatch'] {
  const match = query.get('resourceVersionMatch');
  if (!match) return undefined;
  if (resourceVersion === undefined) {
    throw invalidOption(
      'resourceVersionMatch',
      'FieldValueForbidden',
      'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  }
  if (match === 'Exact' || match === 'NotOlderThan') return match;
  throw invalidOption(
    'resourceVersionMatch',
    'FieldValueNotSupported',
    `Unsupported value: "${match}": supported values: "Exact", "NotOlderThan", ""`,
  );
}

/** Absent and 0 both mean: none. */
function positiveIntegerOf(
  query: URLSearchParams,
  parameter: string,
): number | undefined {
  const text = query.get(parameter);
  if (!text) return undefined;
  if (!/^-?\d+$/.test(text)) {
    throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  }
  const value = Number(text);
  return value > 0 ? value : undefined;
}

function invalidOption(
  field: string,
  reason: InvalidFieldReason,
  message: string,
): StatusError {
  return invalidField(
    { group: 'meta.k8s.io', kind: 'ListOptions', name: '' },
    field,
    reason,
    message,
  );
}
