export { CatchUpClock } from './CatchUpClock';
export type { Clock } from './Clock';
export { RealClock } from './RealClock';
export { VirtualClock } from './VirtualClock';
