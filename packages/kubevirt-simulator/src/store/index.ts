export { CORE_RESOURCES, KUBEVIRT_RESOURCES } from './resources';
export { ObjectStore } from './ObjectStore';
export type {
  CreateOptions,
  DeleteOptions,
  ListOptions,
  ObjectStoreOptions,
  StoreListener,
  UpdateOptions,
} from './ObjectStore';
export { StatusError } from './StatusError';
export type { Status, StatusDetails } from './StatusError';
export { StoredObject } from './StoredObject';
export type {
  KubernetesObject,
  ObjectInput,
  ObjectMeta,
  OwnerReference,
  Preconditions,
  PrinterColumn,
  ResourceDefinition,
  StoreEvent,
  StoreEventType,
} from './types';
