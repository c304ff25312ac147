/**
 * As much OpenAPI v3 as kubectl asks for before it writes: that the server takes the
 * parameter `fieldValidation`, which makes kubectl leave validation to the server, and
 * that objects may have any field.
 */
import type { ResourceDefinition } from '../store';
import { groupVersions } from './discovery';
import { versionsOf } from './ServedResource';

const ROOT = '/openapi/v3';

/** The document at a path below /openapi/v3, or undefined when there is none. */
export function openApiDocument(
  path: string,
  definitions: ResourceDefinition[],
): object | undefined {
  if (path === ROOT) return rootDocument(definitions);
  if (!path.startsWith(`${ROOT}/`)) return undefined;
  const groupVersion = path.slice(ROOT.length + 1);
  const [root, ...rest] = groupVersion.split('/');
  const [group, version] = root === 'api' ? ['', rest[0]] : rest;
  const served = definitions.filter(
    definition =>
      definition.group === group && versionsOf(definition).includes(version),
  );
  if (served.length === 0) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'unversioned' },
    paths: Object.fromEntries(
      served.map(definition => [
        pathOf(`/${groupVersion}`, definition),
        { patch: patchOperation(definition, version) },
      ]),
    ),
    components: {
      schemas: Object.fromEntries(
        served.map(definition => [
          schemaName(definition, version),
          {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
            'x-kubernetes-group-version-kind': [
              groupVersionKind(definition, version),
            ],
          },
        ]),
      ),
    },
  };
}

function rootDocument(definitions: ResourceDefinition[]): object {
  const groups = [...new Set(definitions.map(({ group }) => group))];
  const paths = groups.flatMap(group =>
    groupVersions(definitions, group).map(version =>
      group ? `apis/${group}/${version}` : `api/${version}`,
    ),
  );
  return {
    paths: Object.fromEntries(
      paths.map(path => [path, { serverRelativeURL: `${ROOT}/${path}` }]),
    ),
  };
}

function pathOf(prefix: string, definition: ResourceDefinition): string {
  const { namespaced, plural } = definition;
  return namespaced
    ? `${prefix}/namespaces/{namespace}/${plural}/{name}`
    : `${prefix}/${plural}/{name}`;
}

function patchOperation(
  definition: ResourceDefinition,
  version: string,
): object {
  return {
    parameters: ['fieldManager', 'fieldValidation', 'force'].map(name => ({
      name,
      in: 'query',
      schema: { type: name === 'force' ? 'boolean' : 'string' },
    })),
    responses: {
      200: {
        description: 'OK',
        content: {
          'application/json': {
            schema: {
              $ref: `#/components/schemas/${schemaName(definition, version)}`,
            },
          },
        },
      },
    },
    'x-kubernetes-action': 'patch',
    'x-kubernetes-group-version-kind': groupVersionKind(definition, version),
  };
}

function schemaName(definition: ResourceDefinition, version: string): string {
  const reversed = definition.group.split('.').reverse().join('.');
  return `${reversed || 'core'}.${version}.${definition.kind}`;
}

function groupVersionKind(definition: ResourceDefinition, version: string) {
  return { group: definition.group, version, kind: definition.kind };
}
