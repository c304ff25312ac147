import type { Place } from '../model/Migration';
import { directionSeenFrom } from './directionSeenFrom';
import type { FilterContext } from './FilterContext';
import type {
  FilterExpression,
  FilterKey,
  FilterTime,
} from './FilterExpression';
import { matchesPattern } from './matchesPattern';

type Facts = readonly (string | undefined)[];

/** What a record answers to the questions of a filter. */
export interface FilterFacts {
  /** All values that a key can be compared with; clusters for `datacenter`. */
  valuesOf(key: FilterKey): Facts;
  timeOf(time: FilterTime): string | undefined;
  /** Where free text is looked for. */
  texts: Facts;
  /** The ends of the move, if the record is one. */
  move?: { source: Place; target: Place };
}

/** True when the filter lets a record with these facts through. */
export function evaluateFilter(
  expression: FilterExpression,
  facts: FilterFacts,
  context: FilterContext,
): boolean {
  switch (expression.type) {
    case 'and':
      return expression.operands.every(operand =>
        evaluateFilter(operand, facts, context),
      );
    case 'or':
      return expression.operands.some(operand =>
        evaluateFilter(operand, facts, context),
      );
    case 'not':
      return !evaluateFilter(expression.operand, facts, context);
    case 'term': {
      const candidates = facts.valuesOf(expression.key);
      const wanted =
        expression.key === 'datacenter'
          ? expression.values.flatMap(value => context.clustersOf(value))
          : expression.values;
      return candidates.some(
        candidate =>
          candidate !== undefined &&
          wanted.some(value => matchesPattern(value, candidate)),
      );
    }
    case 'time':
      return isWithin(facts.timeOf(expression.time), expression);
    case 'direction': {
      const clusters =
        'cluster' in expression.of
          ? [expression.of.cluster]
          : context.clustersOf(expression.of.datacenter);
      return (
        facts.move !== undefined &&
        directionSeenFrom(facts.move, clusters) === expression.direction
      );
    }
    case 'text': {
      const text = expression.text.toLowerCase();
      return facts.texts.some(candidate =>
        candidate?.toLowerCase().includes(text),
      );
    }
    default:
      return expression satisfies never;
  }
}

function isWithin(
  time: string | undefined,
  range: { from?: string; to?: string },
): boolean {
  if (time === undefined) {
    return false;
  }
  const at = Date.parse(time);
  return (
    (range.from === undefined || at >= Date.parse(range.from)) &&
    (range.to === undefined || at < Date.parse(range.to))
  );
}
