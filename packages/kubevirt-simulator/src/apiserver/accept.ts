import { StatusError } from '../store';
import type { IncludeObject } from './table';

export type ResponseForm =
  | { form: 'object' }
  | { form: 'table'; includeObject: IncludeObject };

const PLAIN_TYPES = ['application/json', 'application/*', '*/*'];

/**
 * The form of the answer: the first of those that the client accepts and that there is.
 *
 * @throws StatusError 406 when there is none
 */
export function negotiate(
  accept: string | undefined,
  query: URLSearchParams,
): ResponseForm {
  if (!accept) return { form: 'object' };
  for (const clause of accept.split(',')) {
    const [type, ...parameters] = clause.split(';').map(part => part.trim());
    const as = parameters.find(parameter => parameter.startsWith('as='));
    if (PLAIN_TYPES.includes(type) && as === undefined) {
      return { form: 'object' };
    }
    const isTable =
      type === 'application/json' &&
      as === 'as=Table' &&
      parameters.includes('g=meta.k8s.io') &&
      parameters.includes('v=v1');
    if (isTable)
      return { form: 'table', includeObject: includeObjectOf(query) };
  }
  throw new StatusError(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json',
  );
}

function includeObjectOf(query: URLSearchParams): IncludeObject {
  const value = query.get('includeObject');
  return value === 'None' || value === 'Object' ? value : 'Metadata';
}
