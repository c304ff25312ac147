/**
 * What kube-apiserver lets a write change, and what it refuses: pure rules over the object
 * before and after.
 */
import { isDeepStrictEqual } from 'node:util';
import { conflict, deletionConflict, invalid } from './StatusError';
import type {
  KubernetesObject,
  Preconditions,
  ResourceDefinition,
} from './types';

export function apiVersionOf(definition: ResourceDefinition): string {
  return definition.group
    ? `${definition.group}/${definition.version}`
    : definition.version;
}

/** Core objects such as nodes and namespaces have no generation, custom resources do. */
export function countsGenerations(definition: ResourceDefinition): boolean {
  return definition.group !== '';
}

/**
 * The object that a write leads to: `after` with everything put back that this kind of
 * write may not touch.
 */
export function guard(
  definition: ResourceDefinition,
  before: KubernetesObject,
  after: KubernetesObject,
  subresource: 'status' | undefined,
): KubernetesObject {
  if (subresource === 'status') {
    return withStatus({ ...before, metadata: { ...before.metadata } }, after);
  }
  const guarded: KubernetesObject = {
    ...after,
    apiVersion: before.apiVersion,
    kind: before.kind,
    metadata: {
      ...after.metadata,
      name: before.metadata.name,
      namespace: before.metadata.namespace,
      uid: before.metadata.uid,
      resourceVersion: before.metadata.resourceVersion,
      generation: before.metadata.generation,
      creationTimestamp: before.metadata.creationTimestamp,
      deletionTimestamp: before.metadata.deletionTimestamp,
      deletionGracePeriodSeconds: before.metadata.deletionGracePeriodSeconds,
    },
  };
  return definition.statusSubresource ? withStatus(guarded, before) : guarded;
}

function withStatus(
  object: KubernetesObject,
  source: KubernetesObject,
): KubernetesObject {
  const { status: _status, ...rest } = object;
  return {
    ...rest,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    ...(source.status !== undefined && { status: source.status }),
  };
}

/** Whether `metadata.generation` is to be raised. */
export function specificationChanged(
  definition: ResourceDefinition,
  before: KubernetesObject,
  after: KubernetesObject,
): boolean {
  return (
    countsGenerations(definition) &&
    !isDeepStrictEqual(
      specificationOf(definition, before),
      specificationOf(definition, after),
    )
  );
}

function specificationOf(
  definition: ResourceDefinition,
  object: KubernetesObject,
): Record<string, unknown> {
  const { metadata: _metadata, status, ...specification } = object;
  return definition.statusSubresource
    ? specification
    : { ...specification, status };
}

/** @throws StatusError 409 when the object is not, or no longer, the one that the client means */
export function checkUpdatePreconditions(
  definition: ResourceDefinition,
  object: KubernetesObject,
  preconditions: Preconditions | undefined,
): void {
  const { name, uid, resourceVersion } = object.metadata;
  if (differs(preconditions?.uid, uid)) {
    throw conflict(
      definition,
      name,
      `Precondition failed: UID in precondition: ${preconditions?.uid}, UID in object meta: ${uid}`,
    );
  }
  if (differs(preconditions?.resourceVersion, resourceVersion)) {
    throw conflict(
      definition,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  }
}

/** @throws StatusError 409 when the object is not, or no longer, the one that the client means */
export function checkDeletePreconditions(
  definition: ResourceDefinition,
  object: KubernetesObject,
  preconditions: Preconditions | undefined,
): void {
  const { name, uid, resourceVersion } = object.metadata;
  if (differs(preconditions?.uid, uid)) {
    throw deletionConflict(
      definition,
      name,
      `the UID in the precondition (${preconditions?.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  }
  if (differs(preconditions?.resourceVersion, resourceVersion)) {
    throw deletionConflict(
      definition,
      name,
      `the ResourceVersion in the precondition (${preconditions?.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
  }
}

function differs(wanted: string | undefined, found: string): boolean {
  return wanted !== undefined && wanted !== found;
}

/** Whether a write takes the last finalizer off an object that waits for that to be deleted. */
export function isReleased(
  before: KubernetesObject,
  after: KubernetesObject,
): boolean {
  return (
    before.metadata.deletionTimestamp !== undefined &&
    (before.metadata.finalizers ?? []).length > 0 &&
    (after.metadata.finalizers ?? []).length === 0
  );
}

/** @throws StatusError 422 when finalizers are added to an object that is being deleted */
export function checkFinalizers(
  definition: ResourceDefinition,
  before: KubernetesObject,
  after: KubernetesObject,
): void {
  if (!before.metadata.deletionTimestamp) return;
  const known = new Set(before.metadata.finalizers);
  const added = (after.metadata.finalizers ?? []).filter(
    finalizer => !known.has(finalizer),
  );
  if (added.length > 0) {
    const names = added.map(finalizer => `"${finalizer}"`).join(', ');
    throw invalid(
      definition,
      before.metadata.name,
      'metadata.finalizers',
      'FieldValueForbidden',
      `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${names}}`,
    );
  }
}
