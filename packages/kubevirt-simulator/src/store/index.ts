export { CORE_RESOURCES, KUBEVIRT_RESOURCES } from './resources';
export { ObjectStore } from './ObjectStore';
export type { ObjectStoreOptions } from './ObjectStore';
export type { StoreListener } from './Publisher';
export { StatusError } from './StatusError';
export type { Status, StatusDetails } from './StatusError';
export { StoredObject } from './StoredObject';
export type {
  CreateOptions,
  DeleteOptions,
  KubernetesObject,
  ListOptions,
  ObjectInput,
  ObjectMeta,
  OwnerReference,
  Preconditions,
  PrinterColumn,
  ResourceDefinition,
  StoreEvent,
  StoreEventType,
  UpdateOptions,
} from './types';
