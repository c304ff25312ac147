import type { Knex } from 'knex';
import type {
  FilterContext,
  FilterExpression,
  FilterKey,
  FilterTime,
} from 'backstage-plugin-vm-migrations-common';
import { NOT_KNOWN } from '../columns';
import { isSqlite } from '../dialect';

/*
 * A filter as SQL: the same answers as the predicates of -common, which the tests hold it
 * to. Because no column that is asked for is null, `not` needs no third truth value.
 */

/** How the rows of one table answer the questions of a filter. */
export interface FilterColumns {
  /** Adds "one of the row's values for this key is one of these"; `values` is not empty. */
  whereTerm(
    builder: Knex.QueryBuilder,
    key: FilterKey,
    values: string[],
  ): Knex.QueryBuilder;
  /** The column of a time; undefined if rows never have it. */
  timeColumn(time: FilterTime): string | undefined;
  searchColumn: string;
  /** Columns with the cluster that a move leaves and that it goes to, if rows are moves. */
  ends?: { source: string; target: string };
}

/** Adds the condition that the filter lets the row through. */
export function whereMatches(
  builder: Knex.QueryBuilder,
  expression: FilterExpression,
  columns: FilterColumns,
  context: FilterContext,
): Knex.QueryBuilder {
  switch (expression.type) {
    case 'and':
      // Knex drops a group without conditions, also from an `or` that it would make true.
      return expression.operands.length === 0
        ? builder.whereRaw('1 = 1')
        : builder.where(all => {
            for (const operand of expression.operands) {
              whereMatches(all, operand, columns, context);
            }
          });
    case 'or':
      return expression.operands.length === 0
        ? whereNever(builder)
        : builder.where(any => {
            for (const operand of expression.operands) {
              any.orWhere(one => {
                whereMatches(one, operand, columns, context);
              });
            }
          });
    case 'not':
      return builder.whereNot(not => {
        whereMatches(not, expression.operand, columns, context);
      });
    case 'term': {
      const isSite = expression.key === 'datacenter';
      const values = isSite
        ? expression.values.flatMap(value => context.clustersOf(value))
        : expression.values.filter(isStorable);
      return values.length === 0
        ? whereNever(builder)
        : columns.whereTerm(builder, expression.key, values);
    }
    case 'time': {
      const column = columns.timeColumn(expression.time);
      return column === undefined
        ? whereNever(builder)
        : whereWithin(builder, column, expression);
    }
    case 'direction':
      return columns.ends
        ? whereDirection(builder, expression, columns.ends, context)
        : whereNever(builder);
    case 'text':
      return isStorable(expression.text)
        ? builder.whereRaw(`?? like ? escape '!'`, [
            columns.searchColumn,
            `%${escapeLike(expression.text.toLowerCase())}%`,
          ])
        : whereNever(builder);
    default:
      return expression satisfies never;
  }
}

export function whereNever(builder: Knex.QueryBuilder): Knex.QueryBuilder {
  return builder.whereRaw('1 = 0');
}

/**
 * Adds "one of these columns is one of these values", where `*` in a value stands for any
 * characters.
 *
 * @param optional - '' in these columns means that there is no value, which equals none
 */
export function whereAnyOf(
  builder: Knex.QueryBuilder,
  columns: string[],
  values: string[],
  optional: boolean,
): Knex.QueryBuilder {
  const exact = values.filter(
    value => !value.includes('*') && !(optional && value === ''),
  );
  const patterns = values.filter(value => value.includes('*'));
  if (exact.length + patterns.length === 0) {
    return whereNever(builder);
  }
  return builder.where(any => {
    for (const column of columns) {
      if (exact.length > 0) {
        any.orWhereIn(column, exact);
      }
      for (const pattern of patterns) {
        any.orWhere(one => {
          wherePattern(one, column, pattern);
          if (optional) {
            one.whereNot(column, '');
          }
        });
      }
    }
  });
}

/** SQLite's LIKE ignores the case of ASCII letters, its GLOB does not. */
function wherePattern(
  builder: Knex.QueryBuilder,
  column: string,
  pattern: string,
): void {
  if (isSqlite(builder)) {
    builder.whereRaw('?? glob ?', [
      column,
      pattern.replace(/[?[]/g, found => `[${found}]`),
    ]);
  } else {
    builder.whereRaw(`?? like ? escape '!'`, [
      column,
      escapeLike(pattern).replaceAll('*', '%'),
    ]);
  }
}

function escapeLike(text: string): string {
  return text.replace(/[!%_]/g, found => `!${found}`);
}

/** PostgreSQL can neither store nor compare NUL, so no row has it. */
function isStorable(text: string): boolean {
  return !text.includes('\u0000');
}

function whereWithin(
  builder: Knex.QueryBuilder,
  column: string,
  range: { from?: string; to?: string },
): Knex.QueryBuilder {
  const from = range.from === undefined ? undefined : Date.parse(range.from);
  const to = range.to === undefined ? NOT_KNOWN : Date.parse(range.to);
  if (Number.isNaN(from) || Number.isNaN(to)) {
    return whereNever(builder);
  }
  if (from !== undefined) {
    builder.where(column, '>=', from);
  }
  return builder.where(column, '<', to);
}

/** An end in an unknown cluster counts as elsewhere. */
function whereDirection(
  builder: Knex.QueryBuilder,
  { direction, of }: Extract<FilterExpression, { type: 'direction' }>,
  { source, target }: { source: string; target: string },
  context: FilterContext,
): Knex.QueryBuilder {
  const clusters = (
    'cluster' in of ? [of.cluster] : context.clustersOf(of.datacenter)
  ).filter(cluster => cluster !== '' && isStorable(cluster));
  switch (direction) {
    case 'incoming':
      return builder.whereIn(target, clusters).whereNotIn(source, clusters);
    case 'outgoing':
      return builder.whereIn(source, clusters).whereNotIn(target, clusters);
    case 'internal':
      return builder.whereIn(source, clusters).whereIn(target, clusters);
    default:
      return direction satisfies never;
  }
}
