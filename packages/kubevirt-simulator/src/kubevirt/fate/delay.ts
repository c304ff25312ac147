import type { Random } from '../../random';
import type { Range } from '../settings';

/** Draws a delay in milliseconds. */
export function delay(random: Random, [minMs, maxMs]: Range): number {
  return random.integer(minMs, maxMs);
}
