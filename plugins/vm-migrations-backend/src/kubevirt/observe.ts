import { InputError } from '@backstage/errors';
import type { z } from 'zod';
import type { WatchEventType, WatchedObject } from '../watch/types';
import { instancePart, virtualMachinePart } from './machineParts';
import { migrationStateFacts, migrationUidOf } from './migrationStateFacts';
import { migrationFacts } from './migrationFacts';
import { INSTANCES, MIGRATIONS, type WatchedResource } from './resources';
import {
  instanceObjectSchema,
  machineObjectSchema,
  migrationObjectSchema,
} from './schemas';
import type { Observation } from './types';

/*
 * From one Kubernetes object to one observation. Pure functions that know KubeVirt and
 * nothing else: what an object says, not what it means for a move. Only the fields that
 * are used survive; the raw object is dropped by the caller.
 */

export interface ObservationContext {
  cluster: string;
  resource: WatchedResource;
  type: WatchEventType;
  observedAt: string;
}

/**
 * What an object says.
 *
 * @throws InputError when the object has no identity (name, namespace, uid) or, of a
 *   migration, names no instance; KubeVirt never writes such objects.
 */
export function observe(
  object: WatchedObject,
  context: ObservationContext,
): Observation {
  const { cluster, resource, observedAt } = context;
  const deleted = context.type === 'DELETED';
  const identity = (metadata: {
    name: string;
    namespace: string;
    resourceVersion: string;
  }) => ({
    cluster,
    namespace: metadata.namespace,
    name: metadata.name,
    version: versionOf(metadata.resourceVersion, observedAt),
    observedAt,
    deleted,
  });

  if (resource.plural === MIGRATIONS.plural) {
    const parsed = parse(migrationObjectSchema, object, context);
    return {
      kind: 'migration',
      ...identity(parsed.metadata),
      uid: parsed.metadata.uid,
      facts: migrationFacts(parsed),
    };
  }
  if (resource.plural === INSTANCES.plural) {
    const parsed = parse(instanceObjectSchema, object, context);
    const state = parsed.status?.migrationState;
    const uid = state && migrationUidOf(state);
    const instance = instancePart(parsed);
    const { vmUid } = instance;
    return {
      kind: 'instance',
      ...identity(parsed.metadata),
      instance,
      migration: uid
        ? { uid, facts: { ...migrationStateFacts(state, undefined), vmUid } }
        : undefined,
    };
  }
  const parsed = parse(machineObjectSchema, object, context);
  return {
    kind: 'virtual-machine',
    ...identity(parsed.metadata),
    machine: virtualMachinePart(parsed),
  };
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  object: WatchedObject,
  context: ObservationContext,
): z.infer<Schema> {
  const result = schema.safeParse(object);
  if (!result.success) {
    const { name, namespace } = object.metadata ?? {};
    const issues = result.error.issues
      .map(issue => `${issue.path.join('.')}: ${issue.message}`)
      .join('; ');
    throw new InputError(
      `Cluster '${context.cluster}' sent a ${context.resource.plural} object '${namespace}/${name}' that cannot be read: ${issues}`,
    );
  }
  return result.data;
}

/**
 * Kubernetes promises since 1.35 that resource versions of one resource are increasing
 * decimal numbers; etcd has always behaved so. From anything else only the time of the
 * observation can order.
 */
export function versionOf(resourceVersion: string, observedAt: string): number {
  return /^\d+$/.test(resourceVersion)
    ? Number(resourceVersion)
    : Date.parse(observedAt);
}
