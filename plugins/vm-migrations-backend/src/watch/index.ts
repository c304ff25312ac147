export { ListSlots } from './ListSlots';
export { Reflector } from './Reflector';
export type { ReflectorOptions } from './Reflector';
export { SystemClock } from './SystemClock';
export { watchResource } from './watchResource';
export type { WatchEvent, WatchResourceOptions } from './watchResource';
export type {
  Clock,
  ResourceType,
  WatchedObject,
  WatchEventType,
  WatchSink,
} from './types';
