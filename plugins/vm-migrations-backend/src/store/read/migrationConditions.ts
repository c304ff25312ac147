import type { Knex } from 'knex';
import type {
  FilterContext,
  FilterExpression,
} from 'backstage-plugin-vm-migrations-common';
import type { LegRow } from '../rows';
import {
  whereAnyOf,
  whereMatches,
  whereNever,
  type FilterColumns,
} from './filterConditions';

const MIGRATION_FILTER: FilterColumns = {
  searchColumn: 'migrations.search',
  ends: {
    source: 'migrations.source_cluster',
    target: 'migrations.target_cluster',
  },
  timeColumn: time => `migrations.${time}_at`,
  whereTerm(builder, key, values) {
    switch (key) {
      case 'outcome':
      case 'kind':
        return whereAnyOf(builder, [`migrations.${key}`], values, false);
      case 'phase':
        return whereAnyOf(builder, ['migrations.phase'], values, false);
      case 'vm':
        return whereAnyOf(builder, ['migrations.vm_name'], values, false);
      case 'cluster':
      case 'datacenter':
        return whereEitherEnd(builder, 'cluster', values);
      case 'namespace':
        return whereEitherEnd(builder, 'namespace', values);
      case 'node':
        return whereEitherEnd(builder, 'node', values);
      case 'id':
        // One list of ids: an `or` of two conditions could use no index.
        return builder.whereIn('migrations.id', ids => {
          whereAnyOf(
            ids.select('found.id').from('migrations as found'),
            ['found.id'],
            values,
            false,
          ).unionAll(legs => {
            selectMigrationIds(legs, 'uid', values);
          });
        });
      case 'migration':
        return builder.whereIn('migrations.id', legs => {
          selectMigrationIds(legs, 'name', values);
        });
      case 'status':
        return whereNever(builder);
      default:
        return key satisfies never;
    }
  },
};

/** Adds the condition that the filter lets the migration through. */
export function whereMigration(
  builder: Knex.QueryBuilder,
  expression: FilterExpression | undefined,
  context: FilterContext,
): Knex.QueryBuilder {
  return expression
    ? whereMatches(builder, expression, MIGRATION_FILTER, context)
    : builder;
}

function whereEitherEnd(
  builder: Knex.QueryBuilder,
  what: 'cluster' | 'namespace' | 'node',
  values: string[],
): Knex.QueryBuilder {
  return whereAnyOf(
    builder,
    [`migrations.source_${what}`, `migrations.target_${what}`],
    values,
    true,
  );
}

function selectMigrationIds(
  builder: Knex.QueryBuilder<LegRow>,
  column: 'uid' | 'name',
  values: string[],
): void {
  whereAnyOf(
    builder
      .select('legs.migration_id')
      .from('legs')
      .whereNotNull('legs.migration_id'),
    [`legs.${column}`],
    values,
    false,
  );
}
