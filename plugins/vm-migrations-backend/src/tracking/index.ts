export { DERIVATION_VERSION, deriveMigration } from './deriveMigration';
export { groupLegs } from './groupLegs';
export { legObservations } from './legObservations';
export { markGone } from './markGone';
export { mergeObservation } from './mergeObservation';
export * from './types';
export { addWhereabouts } from './whereabouts';
export {
  awaitsInstance,
  lastVersion,
  seeksInstance,
  withInstance,
} from './withInstance';
