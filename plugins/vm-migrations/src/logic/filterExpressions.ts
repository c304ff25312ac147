import {
  normalizeFilter,
  type FilterExpression,
  type Outcome,
} from 'backstage-plugin-vm-migrations-common';

const ENDED: FilterExpression = {
  type: 'not',
  operand: { type: 'term', key: 'outcome', values: ['active'] },
};

/** The part of a filter that moves which have ended can fit. */
export function endedFilter(
  expression: FilterExpression | undefined,
): FilterExpression {
  return (
    normalizeFilter({
      type: 'and',
      operands: expression ? [expression, ENDED] : [ENDED],
    }) ?? ENDED
  );
}

const OUTCOMES: Outcome[] = [
  'active',
  'succeeded',
  'failed',
  'timed-out',
  'cancelled',
  'unknown',
];

/**
 * The outcomes that a filter asks for where everything else is asked for besides:
 * `undefined` when it asks for none, `'unclear'` when it does so in a way that no list of
 * outcomes can say, negated or as one of several alternatives.
 */
export function outcomesOf(
  expression: FilterExpression | undefined,
): Outcome[] | 'unclear' | undefined {
  const operands =
    expression?.type === 'and' ? expression.operands : [expression];
  const terms = operands.filter(isOutcomeTerm);
  const others = operands.filter(operand => !isOutcomeTerm(operand));
  if (others.some(mentionsOutcome) || terms.length > 1) {
    return 'unclear';
  }
  return terms.length === 0
    ? undefined
    : OUTCOMES.filter(outcome => terms[0].values.includes(outcome));
}

/** The same filter with these outcomes instead of those that it asks for at its top. */
export function withOutcomes(
  expression: FilterExpression | undefined,
  outcomes: readonly Outcome[],
): FilterExpression | undefined {
  const operands =
    expression?.type === 'and' ? expression.operands : [expression];
  const others = operands.filter(
    (operand): operand is FilterExpression =>
      operand !== undefined && !isOutcomeTerm(operand),
  );
  const term: FilterExpression[] =
    outcomes.length > 0
      ? [{ type: 'term', key: 'outcome', values: [...outcomes] }]
      : [];
  return normalizeFilter({ type: 'and', operands: [...others, ...term] });
}

/** True when no move that has ended can fit. */
export function asksForActiveOnly(
  expression: FilterExpression | undefined,
): boolean {
  const outcomes = outcomesOf(expression);
  return Array.isArray(outcomes) && outcomes.every(one => one === 'active');
}

/** True when a filter cannot be applied without knowing the sites. */
export function asksForSites(
  expression: FilterExpression | undefined,
): boolean {
  return some(
    expression,
    node =>
      (node.type === 'term' && node.key === 'datacenter') ||
      (node.type === 'direction' && 'datacenter' in node.of),
  );
}

type OutcomeTerm = Extract<FilterExpression, { type: 'term' }>;

function isOutcomeTerm(
  expression: FilterExpression | undefined,
): expression is OutcomeTerm {
  return expression?.type === 'term' && expression.key === 'outcome';
}

function mentionsOutcome(expression: FilterExpression | undefined): boolean {
  return some(expression, isOutcomeTerm);
}

function some(
  expression: FilterExpression | undefined,
  predicate: (node: FilterExpression) => boolean,
): boolean {
  if (!expression) {
    return false;
  }
  if (predicate(expression)) {
    return true;
  }
  switch (expression.type) {
    case 'and':
    case 'or':
      return expression.operands.some(operand => some(operand, predicate));
    case 'not':
      return some(expression.operand, predicate);
    default:
      return false;
  }
}
