import { InputError } from '@backstage/errors';
import {
  parseFilter,
  parseTimeRange,
  type FilterExpression,
  type FilterSubject,
} from 'backstage-plugin-vm-migrations-common';

const alternatives = new Intl.ListFormat('en', { type: 'disjunction' });

/**
 * The filter that the parameters of a list say.
 *
 * @throws InputError that names the parameter and says what it may be
 */
export function queryFilter(
  query: { filter?: string; from?: string; to?: string },
  options: { now: Date; subject: FilterSubject },
): FilterExpression | undefined {
  const operands: FilterExpression[] = [];
  const filter = parseFilter(query.filter ?? '', options);
  if (filter) {
    operands.push(filter);
  }
  const from = momentOf('from', query.from, '>=', options.now)?.from;
  const to = momentOf('to', query.to, '..', options.now)?.to;
  if (from !== undefined && to !== undefined && from >= to) {
    throw new InputError(
      `Parameter 'from' must be earlier than parameter 'to', not '${query.from}' with '${query.to}'`,
    );
  }
  if (from !== undefined || to !== undefined) {
    operands.push({
      type: 'time',
      time: 'created',
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    });
  }
  return allOf(operands);
}

/** A filter that all of these let through. */
export function allOf(
  filters: Array<FilterExpression | undefined>,
): FilterExpression | undefined {
  const operands = filters.filter(filter => filter !== undefined);
  return operands.length > 0 ? { type: 'and', operands } : undefined;
}

function momentOf(
  name: string,
  text: string | undefined,
  comparison: '>=' | '..',
  now: Date,
) {
  return text === undefined
    ? undefined
    : parseTimeRange(`${comparison}${text}`, now, (_offset, expected) => {
        throw new InputError(
          `Parameter '${name}' must be ${alternatives.format(
            expected,
          )}, not '${text}'`,
        );
      });
}
