import type { VirtualMachine } from '../model/VirtualMachine';
import { evaluateFilter, type FilterFacts } from './evaluateFilter';
import type { FilterContext } from './FilterContext';
import type { FilterExpression } from './FilterExpression';

/**
 * True when the filter lets the virtual machine through. `phase` is its instance's phase;
 * keys that only migrations have match no machine.
 *
 * @public
 */
export function matchesVirtualMachine(
  expression: FilterExpression | undefined,
  virtualMachine: VirtualMachine,
  context: FilterContext,
): boolean {
  return (
    !expression || evaluateFilter(expression, factsOf(virtualMachine), context)
  );
}

function factsOf(virtualMachine: VirtualMachine): FilterFacts {
  const { cluster, namespace, name, node } = virtualMachine;
  return {
    texts: [name, namespace, cluster, node],
    valuesOf(key) {
      switch (key) {
        case 'cluster':
        case 'datacenter':
          return [cluster];
        case 'namespace':
          return [namespace];
        case 'vm':
          return [name];
        case 'node':
          return [node];
        case 'phase':
          return [virtualMachine.phase];
        case 'status':
          return [virtualMachine.status];
        case 'id':
        case 'outcome':
        case 'kind':
        case 'migration':
          return [];
        default:
          return key satisfies never;
      }
    },
    timeOf(time) {
      switch (time) {
        case 'created':
          return virtualMachine.createdAt;
        case 'updated':
          return virtualMachine.updatedAt;
        case 'started':
        case 'ended':
          return undefined;
        default:
          return time satisfies never;
      }
    },
  };
}
