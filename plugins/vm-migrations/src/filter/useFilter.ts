import { useAppSearchParams } from '@backstage/frontend-plugin-api';
import {
  FilterSyntaxError,
  parseFilter,
  type FilterExpression,
} from 'backstage-plugin-vm-migrations-common';
import { useCallback, useMemo } from 'react';

const PARAMETER = 'filter';

/** The filter of a page, as its address says it. */
export interface Filter {
  /** As it was written. */
  text: string;
  /** What it means; absent when it is empty or cannot be read. */
  expression?: FilterExpression;
  /** Why it cannot be read. */
  error?: FilterSyntaxError;
  /** Writes it into the address, as a step of its own unless it replaces the last one. */
  apply(text: string, options?: { replace?: boolean }): void;
}

/**
 * The filter in the address: a link shows the same rows, and the browser's Back undoes
 * the last change.
 */
export function useFilter(): Filter {
  const [params, setParams] = useAppSearchParams();
  const text = params.get(PARAMETER)?.trim() ?? '';
  const read = useMemo(() => readFilter(text), [text]);
  const apply = useCallback<Filter['apply']>(
    (next, options) => {
      const trimmed = next.trim();
      if (trimmed !== text) {
        setParams(previous => {
          if (trimmed) {
            previous.set(PARAMETER, trimmed);
          } else {
            previous.delete(PARAMETER);
          }
          return previous;
        }, options);
      }
    },
    [text, setParams],
  );
  return useMemo(() => ({ text, apply, ...read }), [text, apply, read]);
}

/** Reads a filter for migrations; relative times count from now. */
export function readFilter(text: string): Pick<Filter, 'expression' | 'error'> {
  try {
    return {
      expression: parseFilter(text, { now: new Date(), subject: 'migration' }),
    };
  } catch (error) {
    if (FilterSyntaxError.is(error)) {
      return { error };
    }
    throw error;
  }
}
