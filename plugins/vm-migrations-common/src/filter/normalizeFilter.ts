import type { FilterExpression } from './FilterExpression';

/**
 * The same filter without what makes no difference: nested `and` and `or` are flattened,
 * double negations and repeated values dropped. `undefined` lets everything through.
 *
 * @public
 */
export function normalizeFilter(
  expression: FilterExpression | undefined,
): FilterExpression | undefined {
  switch (expression?.type) {
    case 'and': {
      const operands = expression.operands.flatMap(operand => {
        const normal = normalizeFilter(operand);
        if (normal?.type === 'and') {
          return normal.operands;
        }
        return normal ? [normal] : [];
      });
      if (operands.length === 0) {
        return undefined;
      }
      return operands.length === 1 ? operands[0] : { type: 'and', operands };
    }
    case 'or': {
      const operands: FilterExpression[] = [];
      for (const operand of expression.operands) {
        const normal = normalizeFilter(operand);
        if (!normal) {
          return undefined;
        }
        operands.push(...(normal.type === 'or' ? normal.operands : [normal]));
      }
      return operands.length === 1 ? operands[0] : { type: 'or', operands };
    }
    case 'not': {
      const operand = normalizeFilter(expression.operand);
      if (!operand) {
        return { type: 'or', operands: [] };
      }
      if (operand.type === 'or' && operand.operands.length === 0) {
        return undefined;
      }
      return operand.type === 'not'
        ? operand.operand
        : { type: 'not', operand };
    }
    case 'term':
      return { ...expression, values: [...new Set(expression.values)] };
    default:
      return expression;
  }
}
