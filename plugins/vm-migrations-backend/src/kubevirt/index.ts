export { observe, versionOf, type ObservationContext } from './observe';
export * from './resources';
export * from './types';
