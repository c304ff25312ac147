import type { Knex } from 'knex';
import type {
  FilterContext,
  FilterExpression,
} from 'backstage-plugin-vm-migrations-common';
import {
  whereAnyOf,
  whereMatches,
  whereNever,
  type FilterColumns,
} from './filterConditions';

const VIRTUAL_MACHINE_FILTER: FilterColumns = {
  searchColumn: 'virtual_machines.search',
  timeColumn: time =>
    time === 'created' || time === 'updated'
      ? `virtual_machines.${time}_at`
      : undefined,
  whereTerm(builder, key, values) {
    switch (key) {
      case 'cluster':
      case 'datacenter':
        return whereAnyOf(builder, ['virtual_machines.cluster'], values, false);
      case 'namespace':
        return whereAnyOf(
          builder,
          ['virtual_machines.namespace'],
          values,
          false,
        );
      case 'vm':
        return whereAnyOf(builder, ['virtual_machines.name'], values, false);
      case 'node':
      case 'phase':
      case 'status':
        return whereAnyOf(builder, [`virtual_machines.${key}`], values, true);
      case 'id':
      case 'outcome':
      case 'kind':
      case 'migration':
        return whereNever(builder);
      default:
        return key satisfies never;
    }
  },
};

/** Adds the condition that the filter lets the virtual machine through. */
export function whereVirtualMachine(
  builder: Knex.QueryBuilder,
  expression: FilterExpression | undefined,
  context: FilterContext,
): Knex.QueryBuilder {
  return expression
    ? whereMatches(builder, expression, VIRTUAL_MACHINE_FILTER, context)
    : builder;
}
