const MULTIPLIERS: Record<string, number> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity (`8Gi`, `1500M`, `2e9`) in bytes; undefined for anything else.
 * client-node has such a function but does not export it.
 */
export function quantityBytes(
  quantity: string | number | undefined,
): number | undefined {
  const match = /^([+-]?[0-9.]+(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(
    String(quantity ?? ''),
  );
  if (!match) {
    return undefined;
  }
  const [, digits, suffix] = match;
  const amount = Number(digits);
  const multiplier = MULTIPLIERS[suffix];
  return Number.isFinite(amount) && multiplier !== undefined
    ? Math.round(amount * multiplier)
    : undefined;
}
