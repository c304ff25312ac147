/** Objects as they are first put together from what a client or a recording gives. */
import type {
  KubernetesObject,
  ObjectInput,
  ResourceDefinition,
} from './types';
import { apiVersionOf, countsGenerations } from './writeRules';

const DEFAULT_NAMESPACE = 'default';

export interface Identity {
  name: string;
  namespace: string | undefined;
  uid: string;
  creationTimestamp: string;
}

/** The object that a POST leads to: what only the API server may set is set anew. */
export function draftOfCreated(
  definition: ResourceDefinition,
  input: ObjectInput,
  identity: Identity,
  keepStatus: boolean,
): KubernetesObject {
  const fields = fieldsOf(input);
  if (definition.statusSubresource && !keepStatus) delete fields.status;
  return {
    apiVersion: apiVersionOf(definition),
    kind: definition.kind,
    metadata: {
      ...input.metadata,
      ...identity,
      deletionTimestamp: undefined,
      deletionGracePeriodSeconds: undefined,
      generation: countsGenerations(definition) ? 1 : undefined,
      resourceVersion: '',
    },
    ...fields,
  };
}

/** The object that a recording gives, to the letter; only what it lacks is added. */
export function draftOfRecorded(
  definition: ResourceDefinition,
  input: ObjectInput,
  identity: Identity,
): KubernetesObject {
  return {
    apiVersion: input.apiVersion ?? apiVersionOf(definition),
    kind: input.kind ?? definition.kind,
    metadata: { ...input.metadata, ...identity, resourceVersion: '' },
    ...fieldsOf(input),
  };
}

/** All but what every object has. */
function fieldsOf(input: ObjectInput): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...input };
  delete fields.apiVersion;
  delete fields.kind;
  delete fields.metadata;
  return fields;
}

/** Where an object lives: nowhere in particular when its resource is the cluster's. */
export function namespaceOf(
  definition: ResourceDefinition,
  input: ObjectInput,
): string | undefined {
  return definition.namespaced
    ? input.metadata.namespace ?? DEFAULT_NAMESPACE
    : undefined;
}
