import type { ObjectStore, ResourceDefinition } from '../store';
import { qualifiedName } from '../store/StatusError';
import { ensureNamespace } from './namespaces';
import { versionsOf } from './ServedResource';

const DEFINITIONS = 'customresourcedefinitions';
const SYSTEM_NAMESPACES = ['default', 'kube-system', 'kubevirt'];

/**
 * Puts into an empty cluster what clients expect to find in any: the system's namespaces
 * and a CustomResourceDefinition of each custom resource. What is there is left alone.
 */
export function bootstrapCluster(store: ObjectStore): void {
  for (const name of SYSTEM_NAMESPACES) ensureNamespace(store, name);
  for (const definition of store.resources) {
    const name = qualifiedName(definition);
    if (!isCustom(definition) || store.get(DEFINITIONS, undefined, name)) {
      continue;
    }
    store.create(
      DEFINITIONS,
      { metadata: { name }, ...definitionOf(definition) },
      { keepStatus: true },
    );
  }
}

function isCustom({ group }: ResourceDefinition): boolean {
  return group !== '' && !group.endsWith('.k8s.io');
}

function definitionOf(definition: ResourceDefinition) {
  const { group, kind, namespaced, plural, shortNames, singular } = definition;
  const subresources = definition.statusSubresource ? { status: {} } : {};
  return {
    spec: {
      group,
      names: {
        plural,
        singular,
        kind,
        listKind: `${kind}List`,
        shortNames,
        categories: definition.categories,
      },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      versions: versionsOf(definition).map(version => ({
        name: version,
        served: true,
        storage: version === definition.version,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
        subresources,
        additionalPrinterColumns: definition.printerColumns,
      })),
    },
    status: {
      acceptedNames: { plural, kind },
      conditions: [
        { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts' },
        { type: 'Established', status: 'True', reason: 'InitialNamesAccepted' },
      ],
      storedVersions: [definition.version],
    },
  };
}
