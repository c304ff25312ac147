export { GroundTruth } from './GroundTruth';
export type { LegTruth, MoveTruth, TrueOutcome, TruePlace } from './types';
