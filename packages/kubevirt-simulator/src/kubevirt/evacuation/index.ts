export { EvacuationController } from './EvacuationController';
