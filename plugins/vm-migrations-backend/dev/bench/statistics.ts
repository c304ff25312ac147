/** Quantiles of a set of measurements, each rounded to two digits behind the point. */
export function quantiles(
  values: number[],
): Record<'p50' | 'p95' | 'p99' | 'max', number> {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] *
        100,
    ) / 100;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
