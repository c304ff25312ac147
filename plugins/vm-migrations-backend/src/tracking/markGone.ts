import { newer } from './newer';
import type { Gone, Leg } from './types';

/**
 * The leg after a complete list, as of `version`, did not contain its object
 * (docs/kubevirt.md, "What vanishes").
 */
export function markGone(leg: Leg, gone: Gone, version: number): Leg {
  return { ...leg, gone: newer(leg.gone, [gone, version]) };
}
