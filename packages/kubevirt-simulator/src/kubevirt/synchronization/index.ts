export { SynchronizationController } from './SynchronizationController';
