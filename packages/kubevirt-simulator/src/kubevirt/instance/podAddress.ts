import type { Random } from '../../random';

/** An address of the pod network. */
export function podAddress(random: Random): string {
  return [
    10,
    random.integer(128, 131),
    random.integer(0, 255),
    random.integer(2, 254),
  ].join('.');
}
