import type { Migration } from '../model/Migration';
import { evaluateFilter, type FilterFacts } from './evaluateFilter';
import type { FilterContext } from './FilterContext';
import type { FilterExpression } from './FilterExpression';

/**
 * True when the filter lets the migration through: the answer that the API gives by SQL,
 * for records that are already at hand.
 *
 * @public
 */
export function matchesFilter(
  expression: FilterExpression | undefined,
  migration: Migration,
  context: FilterContext,
): boolean {
  return !expression || evaluateFilter(expression, factsOf(migration), context);
}

function factsOf(migration: Migration): FilterFacts {
  const { source, target, legs, vm } = migration;
  const clusters = [source.cluster, target.cluster];
  const namespaces = [vm.namespace, source.namespace, target.namespace];
  const nodes = [source.node, target.node];
  const objects = legs.map(leg => leg.name);
  return {
    move: migration,
    texts: [
      vm.name,
      ...namespaces,
      ...clusters,
      ...nodes,
      ...objects,
      migration.failure?.message,
    ],
    valuesOf(key) {
      switch (key) {
        case 'id':
          return [migration.id, ...legs.map(leg => leg.uid)];
        case 'outcome':
          return [migration.outcome];
        case 'phase':
          return [migration.phase];
        case 'kind':
          return [migration.kind];
        case 'cluster':
        case 'datacenter':
          return clusters;
        case 'namespace':
          return namespaces;
        case 'vm':
          return [vm.name];
        case 'node':
          return nodes;
        case 'migration':
          return objects;
        case 'status':
          return [];
        default:
          return key satisfies never;
      }
    },
    timeOf(time) {
      return migration[`${time}At`];
    },
  };
}
