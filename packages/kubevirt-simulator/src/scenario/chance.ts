import type { Random } from '../random';

/** One of the list, all equally likely; undefined when it is empty. */
export function pick<T>(random: Random, list: readonly T[]): T | undefined {
  return list.length > 0 ? list[random.integer(0, list.length - 1)] : undefined;
}

/** Things and how likely each is in comparison with the others. */
export type Weighted<T> = readonly (readonly [T, number])[];

export function pickWeighted<T>(
  random: Random,
  weighted: Weighted<T>,
): T | undefined {
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
  let rest = random.fraction() * total;
  for (const [thing, weight] of weighted) {
    rest -= weight;
    if (rest < 0) return thing;
  }
  return undefined;
}

/** True as often as the percentage says. */
export function happens(random: Random, percent: number): boolean {
  return random.integer(1, 100) <= percent;
}
