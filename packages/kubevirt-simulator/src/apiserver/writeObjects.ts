/** POST, PUT and PATCH. */
import type { KubernetesObject, ObjectMeta, ObjectStore } from '../store';
import {
  badRequest,
  conflict,
  invalid,
  invalidField,
} from '../store/StatusError';
import {
  checkAddress,
  checkNewObject,
  parseObject,
  replacementOf,
} from './IncomingObject';
import type { IncomingObject } from './IncomingObject';
import { checkNamespace, namespaceInput } from './namespaces';
import { applyPatch, patchTypeOf } from './patches';
import { parseBody } from './requestBody';
import type { RequestBody } from './requestBody';
import type { ResourceRequest } from './RequestInfo';
import { jsonOfObject } from './ServedResource';
import type { ServedResource } from './ServedResource';

export interface WriteContext {
  store: ObjectStore;
  resource: ServedResource;
  request: ResourceRequest;
  body: RequestBody;
}

export interface WriteAnswer {
  code: 200 | 201;
  json: string;
}

/** @throws StatusError 400, 403, 404, 409, 422 */
export function createObject(context: WriteContext): WriteAnswer {
  const { resource, body } = context;
  return createFrom(context, parseObject(resource, parseBody(body, 'object')));
}

function createFrom(
  context: WriteContext,
  object: IncomingObject,
): WriteAnswer {
  const { store, resource, request } = context;
  const { definition } = resource;
  checkAddress(resource, request, object);
  checkNewObject(resource, object);
  const { namespace } = request;
  if (definition.namespaced && namespace !== undefined) {
    checkNamespace(store, namespace);
    object.metadata.namespace = namespace;
  }
  const created =
    definition.plural === 'namespaces'
      ? store.create('namespaces', namespaceInput(object), { keepStatus: true })
      : store.create(definition.plural, object);
  return { code: 201, json: jsonOfObject(resource, created) };
}

/** @throws StatusError 400, 404, 409, 422 */
export function replaceObject(
  context: WriteContext,
  name: string,
): WriteAnswer {
  const { resource, request, body } = context;
  const { definition } = resource;
  const object = parseObject(resource, parseBody(body, 'object'));
  checkAddress(resource, request, object);
  return change(context, name, current => {
    const { metadata } = object;
    if (metadata.uid && metadata.uid !== current.metadata.uid) {
      throw conflict(
        definition,
        name,
        `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${current.metadata.uid}`,
      );
    }
    const isCustom = definition.group !== '';
    if (isCustom && !metadata.resourceVersion) {
      throw invalid(
        { ...definition, kind: definition.plural },
        name,
        'metadata.resourceVersion',
        'FieldValueInvalid',
        'Invalid value: 0: must be specified for an update',
      );
    }
    checkVersion(context, current.metadata, object);
    return replacementOf(current, object);
  });
}

/** @throws StatusError 400, 404, 409, 415, 422 */
export function patchObject(context: WriteContext, name: string): WriteAnswer {
  const { store, resource, request, body } = context;
  const { definition } = resource;
  const patch = parseBody(body, 'patch');
  const type = patchTypeOf(body.contentType, definition, patch);
  if (type === 'apply') {
    const object = parseObject(resource, patch);
    checkApply(context, object);
    const namespace = definition.namespaced ? request.namespace : undefined;
    const exists = store.stored(definition.plural, namespace, name);
    if (!exists && !request.subresource) {
      object.metadata.name = name;
      delete object.metadata.resourceVersion;
      return createFrom(context, object);
    }
  }
  return change(context, name, current => {
    // A JSON patch changes the draft itself.
    const metadata = { ...current.metadata };
    const patched = parseObject(resource, applyPatch(current, type, patch));
    checkIdentity(context, metadata, patched);
    checkVersion(context, metadata, patched);
    return replacementOf({ ...current, metadata }, patched);
  });
}

/**
 * Server-side apply without book of managers: what is given is created or merged, what was
 * given earlier and no longer is stays.
 */
function checkApply(context: WriteContext, object: IncomingObject): void {
  if (!context.request.query.get('fieldManager')) {
    throw invalidField(
      { group: 'meta.k8s.io', kind: 'PatchOptions', name: '' },
      'fieldManager',
      'FieldValueRequired',
      'Required value: is required for apply patch',
    );
  }
  checkAddress(context.resource, context.request, object);
}

function checkIdentity(
  { resource }: WriteContext,
  current: ObjectMeta,
  { metadata }: IncomingObject,
): void {
  if (metadata.name !== current.name) {
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${current.name})`,
    );
  }
  if (metadata.uid !== current.uid) {
    throw invalid(
      resource.definition,
      current.name,
      'metadata.uid',
      'FieldValueInvalid',
      `Invalid value: "${metadata.uid}": field is immutable`,
    );
  }
}

function checkVersion(
  { resource }: WriteContext,
  current: ObjectMeta,
  { metadata }: IncomingObject,
): void {
  const { resourceVersion } = metadata;
  if (resourceVersion && resourceVersion !== current.resourceVersion) {
    throw conflict(
      resource.definition,
      current.name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  }
}

function change(
  { store, resource, request }: WriteContext,
  name: string,
  mutate: (current: KubernetesObject) => KubernetesObject,
): WriteAnswer {
  const { definition } = resource;
  const changed = store.update(
    definition.plural,
    definition.namespaced ? request.namespace : undefined,
    name,
    mutate,
    { subresource: request.subresource === 'status' ? 'status' : undefined },
  );
  return { code: 200, json: jsonOfObject(resource, changed) };
}
