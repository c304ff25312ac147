export { EventRecorder } from './EventRecorder';
export { instanceKeyOf, KubeVirtObjects } from './KubeVirtObjects';
export { ObjectCache } from './ObjectCache';
export type { CachedChange } from './ObjectCache';
export { ReconcileQueue } from './ReconcileQueue';
export { StoppableClock } from './StoppableClock';
