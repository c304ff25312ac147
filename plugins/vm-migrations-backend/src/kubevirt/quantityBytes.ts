const MULTIPLIERS = new Map([
  ['n', 1e-9],
  ['u', 1e-6],
  ['m', 1e-3],
  ['', 1],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['P', 1e15],
  ['E', 1e18],
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
  ['Pi', 2 ** 50],
  ['Ei', 2 ** 60],
]);

const QUANTITY = /^\+?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?([A-Za-z]*)$/;

/**
 * A Kubernetes quantity (`8Gi`, `1500M`, `2e9`) in whole bytes; undefined for anything that
 * is none, is negative, or is too large to be counted exactly.
 * client-node has such a function but does not export it.
 */
export function quantityBytes(
  quantity: string | number | undefined,
): number | undefined {
  const match = QUANTITY.exec(String(quantity ?? ''));
  if (!match) {
    return undefined;
  }
  const [, digits, exponent = '', suffix] = match;
  const multiplier = MULTIPLIERS.get(suffix);
  if (multiplier === undefined || (exponent && suffix)) {
    return undefined;
  }
  const bytes = Math.round(Number(`${digits}${exponent}`) * multiplier);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
