export { DERIVATION_VERSION, deriveMigration } from './deriveMigration';
export { groupLegs } from './groupLegs';
export { leavesInstanceNode } from './instanceNode';
export { legObservations } from './legObservations';
export { markGone } from './markGone';
export { mergeObservation } from './mergeObservation';
export * from './types';
