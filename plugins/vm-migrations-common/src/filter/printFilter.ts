import type { FilterExpression } from './FilterExpression';
import { normalizeFilter } from './normalizeFilter';
import { printTimeRange } from './timeRange';

/**
 * Writes a filter so that `parseFilter` reads the same one. Everything is the empty text.
 *
 * @throws Error for an `or` without operands: no text says "nothing"
 * @public
 */
export function printFilter(expression: FilterExpression | undefined): string {
  const normal = normalizeFilter(expression);
  return normal ? print(normal) : '';
}

function print(expression: FilterExpression): string {
  switch (expression.type) {
    case 'and':
      return expression.operands.map(printOperand).join(' ');
    case 'or':
      if (expression.operands.length === 0) {
        throw new Error('A filter that lets nothing through has no text');
      }
      return expression.operands.map(print).join(' OR ');
    case 'not':
      return expression.operand.type === 'and'
        ? `-(${print(expression.operand)})`
        : `-${printOperand(expression.operand)}`;
    case 'term':
      return `${expression.key}:${expression.values.map(printValue).join(',')}`;
    case 'time':
      return `${expression.time}:${printTimeRange(expression)}`;
    case 'direction':
      return `direction:${printValue(
        `${expression.direction}@${printPlace(expression.of)}`,
      )}`;
    case 'text':
      return printText(expression.text);
    default:
      return expression satisfies never;
  }
}

// `or` binds less tightly than everything else.
function printOperand(expression: FilterExpression): string {
  return expression.type === 'or'
    ? `(${print(expression)})`
    : print(expression);
}

function printPlace(of: { datacenter: string } | { cluster: string }): string {
  if ('cluster' in of) {
    return `cluster:${of.cluster}`;
  }
  return /^(cluster|datacenter):/.test(of.datacenter)
    ? `datacenter:${of.datacenter}`
    : of.datacenter;
}

function printValue(value: string): string {
  return /^[^\s(),"]+$/.test(value) ? value : quote(value);
}

function printText(text: string): string {
  const plain =
    /^[^\s()":*!-][^\s()":*]*$/.test(text) && !/^(OR|AND|NOT)$/.test(text);
  return plain ? text : quote(text);
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
