/** Objects as they are first put together from what a client or a recording gives. */
import type {
  KubernetesObject,
  ObjectInput,
  ResourceDefinition,
} from './types';
import { apiVersionOf, countsGenerations } from './writeRules';

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
  const fields: Record<string, unknown> = { ...input };
  if (definition.statusSubresource && !keepStatus) delete fields.status;
  return {
    ...fields,
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
  };
}

/** The object that a recording gives, to the letter; only what it lacks is added. */
export function draftOfRecorded(
  definition: ResourceDefinition,
  input: ObjectInput,
  identity: Identity,
): KubernetesObject {
  const fields: Record<string, unknown> = { ...input };
  return {
    ...fields,
    apiVersion: input.apiVersion ?? apiVersionOf(definition),
    kind: input.kind ?? definition.kind,
    metadata: { ...input.metadata, ...identity, resourceVersion: '' },
  };
}
