/** Objects as clients send them, read and checked before they reach the store. */
import { z } from 'zod';
import type { KubernetesObject } from '../store';
import { badRequest, invalid, StatusError } from '../store/StatusError';
import type { ResourceRequest } from './RequestInfo';
import type { ServedResource } from './ServedResource';

const textMap = z.record(z.string(), z.string());

const metadataSchema = z.preprocess(
  withoutBlanks,
  z.looseObject({
    name: z.string().optional(),
    namespace: z.string().optional(),
    generateName: z.string().optional(),
    uid: z.string().optional(),
    resourceVersion: z.string().optional(),
    creationTimestamp: z.string().optional(),
    deletionTimestamp: z.string().optional(),
    labels: textMap.optional(),
    annotations: textMap.optional(),
    finalizers: z.array(z.string()).optional(),
    ownerReferences: z
      .array(
        z.looseObject({
          apiVersion: z.string(),
          kind: z.string(),
          name: z.string(),
          uid: z.string(),
        }),
      )
      .optional(),
  }),
);

const objectSchema = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: metadataSchema.default({}),
});

export type IncomingObject = z.infer<typeof objectSchema>;

const NAME =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * Clients written in Go send null for what they leave open, and the API server keeps no
 * empty map or list of its own metadata.
 */
function withoutBlanks(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => !isBlank(field)),
  );
}

function isBlank(field: unknown): boolean {
  if (typeof field !== 'object') return false;
  return field === null || Object.keys(field).length === 0;
}

/** @throws StatusError 400 when it has not the form of an object */
export function parseObject(
  resource: ServedResource,
  value: unknown,
): IncomingObject {
  const parsed = objectSchema.safeParse(value);
  if (!parsed.success) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${
        resource.definition.kind
      }): ${z.prettifyError(parsed.error)}`,
    );
  }
  // Nobody keeps book of field managers here, so that what is sent of it would stay for ever.
  delete parsed.data.metadata.managedFields;
  return parsed.data;
}

/**
 * Checks an object against the URL to which it is sent.
 *
 * @throws StatusError 400, 422
 */
export function checkAddress(
  { definition, apiVersion }: ServedResource,
  request: ResourceRequest,
  object: IncomingObject,
): void {
  const { kind } = object;
  const { name = '', namespace } = object.metadata;
  const isCustom = definition.group !== '';
  if (kind === undefined && isCustom) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${definition.kind}): Object 'Kind' is missing`,
    );
  }
  if (kind !== undefined && kind !== definition.kind) {
    throw invalid(
      { ...definition, kind },
      name,
      'kind',
      'FieldValueInvalid',
      `Invalid value: "${kind}": must be ${definition.kind}`,
    );
  }
  if (object.apiVersion !== undefined && object.apiVersion !== apiVersion) {
    throw badRequest(
      `the API version in the data (${object.apiVersion}) does not match the expected API version (${apiVersion})`,
    );
  }
  if (
    definition.namespaced &&
    namespace !== undefined &&
    namespace !== request.namespace
  ) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (request.name !== undefined && name !== '' && name !== request.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${request.name})`,
    );
  }
}

/** @throws StatusError 422, and 500 for a resource version, as kube-apiserver has it */
export function checkNewObject(
  { definition }: ServedResource,
  object: IncomingObject,
): void {
  const { name, resourceVersion } = object.metadata;
  if (resourceVersion) {
    throw new StatusError(
      500,
      undefined,
      'resourceVersion should not be set on objects to be created',
    );
  }
  if (name && !NAME.test(name)) {
    throw invalid(
      definition,
      name,
      'metadata.name',
      'FieldValueInvalid',
      `Invalid value: "${name}": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
    );
  }
}

/** What is to take the place of `current`. */
export function replacementOf(
  current: KubernetesObject,
  object: IncomingObject,
): KubernetesObject {
  const { name, uid, resourceVersion, creationTimestamp } = current.metadata;
  return {
    ...object,
    apiVersion: current.apiVersion,
    kind: current.kind,
    metadata: {
      ...object.metadata,
      name,
      uid,
      resourceVersion,
      creationTimestamp,
    },
  };
}
