import type {
  KubernetesObject,
  ResourceDefinition,
  StoredObject,
} from '../store';
import { apiVersionOf } from '../store/writeRules';

/** A resource in the version in which a client asks for it. */
export interface ServedResource {
  definition: ResourceDefinition;
  /** `group/version`, or the bare version of the core API. */
  apiVersion: string;
}

/** The resource that a URL names, or undefined when there is none. */
export function findServedResource(
  definitions: readonly ResourceDefinition[],
  group: string,
  version: string,
  plural: string,
): ServedResource | undefined {
  const definition = definitions.find(
    candidate => candidate.group === group && candidate.plural === plural,
  );
  if (!definition || !versionsOf(definition).includes(version))
    return undefined;
  return { definition, apiVersion: group ? `${group}/${version}` : version };
}

/** All served versions, that of the store first. */
export function versionsOf(definition: ResourceDefinition): string[] {
  return [definition.version, ...(definition.otherVersions ?? [])];
}

/** An object as it goes to the client. */
export function jsonOf(resource: ServedResource, object: StoredObject): string {
  return resource.apiVersion === apiVersionOf(resource.definition)
    ? object.json
    : JSON.stringify({ ...object.object, apiVersion: resource.apiVersion });
}

/** The same for an object that is at hand without its text. */
export function jsonOfObject(
  resource: ServedResource,
  object: KubernetesObject,
): string {
  return JSON.stringify({ ...object, apiVersion: resource.apiVersion });
}
