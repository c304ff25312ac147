/** What a request is about, read from its method and URL alone, as kube-apiserver does. */

export type ResourceVerb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection';

export interface ResourceRequest {
  type: 'resource';
  verb: ResourceVerb;
  /** Empty for the core API. */
  group: string;
  version: string;
  plural: string;
  /** For the resource `namespaces` itself: the name of the namespace. */
  namespace?: string;
  name?: string;
  subresource?: string;
  path: string;
  query: URLSearchParams;
}

/** A request for something that is no resource: discovery, health, version, OpenAPI. */
export interface PathRequest {
  type: 'path';
  /** The method in lower case. */
  verb: string;
  path: string;
  query: URLSearchParams;
}

export type RequestInfo = ResourceRequest | PathRequest;

/** Subresources of a namespace, which are no names of namespaced resources. */
const NAMESPACE_SUBRESOURCES = ['status', 'finalize'];

/** @param target - path and query, as in the request line */
export function parseRequest(method: string, target: string): RequestInfo {
  const { pathname: path, searchParams: query } = new URL(
    target,
    'http://localhost',
  );
  const segments = path
    .split('/')
    .filter(segment => segment !== '')
    .map(segment => decodeURIComponent(segment));
  const address = addressOf(segments);
  const verb = address && verbOf(method, address.name, query);
  if (!verb) return { type: 'path', verb: method.toLowerCase(), path, query };
  return { type: 'resource', verb, ...address, path, query };
}

type Address = Pick<
  ResourceRequest,
  'group' | 'version' | 'plural' | 'namespace' | 'name' | 'subresource'
>;

function addressOf(segments: string[]): Address | undefined {
  const isCore = segments[0] === 'api';
  if (!isCore && segments[0] !== 'apis') return undefined;
  const [group, version, ...rest] = isCore
    ? ['', ...segments.slice(1)]
    : segments.slice(1);
  if (version === undefined || rest.length === 0) return undefined;

  const [first, second, third] = rest;
  const isInNamespace =
    first === 'namespaces' &&
    third !== undefined &&
    !NAMESPACE_SUBRESOURCES.includes(third);
  if (isInNamespace) {
    const [plural, name, subresource] = rest.slice(2);
    return { group, version, namespace: second, plural, name, subresource };
  }
  return {
    group,
    version,
    namespace: first === 'namespaces' ? second : undefined,
    plural: first,
    name: second,
    subresource: third,
  };
}

function verbOf(
  method: string,
  name: string | undefined,
  query: URLSearchParams,
): ResourceVerb | undefined {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (name !== undefined) return 'get';
      return isTrue(query.get('watch')) ? 'watch' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name === undefined ? 'deletecollection' : 'delete';
    default:
      return undefined;
  }
}

/** A boolean of a query, as Go's parser reads it. */
export function isTrue(value: string | null): boolean {
  return (
    value !== null && ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)
  );
}
