import type { StoredObject } from './StoredObject';

/** `metadata` of an object as the store gives it out. Times are UTC with whole seconds. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  generateName?: string;
  uid: string;
  resourceVersion: string;
  /** Counts changes of the specification; absent on core objects such as nodes. */
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  [field: string]: unknown;
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** An object as the store gives it out: complete, frozen to the last leaf. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

/**
 * An object as it is given to the store, which adds what is missing: `apiVersion` and
 * `kind` from the resource, `name` from `generateName`, and the fields that the API server
 * sets. The store keeps a copy.
 */
export interface ObjectInput {
  apiVersion?: string;
  kind?: string;
  metadata: {
    name?: string;
    namespace?: string;
    generateName?: string;
    uid?: string;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
    ownerReferences?: OwnerReference[];
  };
}

/** One column that `kubectl get` prints. */
export interface PrinterColumn {
  name: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  /** As in a CustomResourceDefinition: `.status.phase`, `.items[0].a`, `.list[?(@.type=='Ready')].status`. */
  jsonPath: string;
  /** 0 is always printed, more only with `-o wide`; 0 when absent. */
  priority?: number;
}

/** A resource that a cluster serves. */
export interface ResourceDefinition {
  /** Empty for the core API. */
  group: string;
  /** The version in which objects are kept. */
  version: string;
  plural: string;
  singular: string;
  kind: string;
  shortNames: string[];
  categories?: string[];
  namespaced: boolean;
  /** Status is written through `/status` only; writes elsewhere leave it alone. */
  statusSubresource: boolean;
  /** Further versions under which the same objects are served, unchanged but for `apiVersion`. */
  otherVersions?: string[];
  printerColumns?: PrinterColumn[];
  /** Fields beside name and namespace that a `fieldSelector` may name, such as `spec.nodeName`. */
  selectableFields?: string[];
}

export type StoreEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One change of one object. Each takes exactly one resource version of its cluster. */
export interface StoreEvent {
  type: StoreEventType;
  resource: ResourceDefinition;
  resourceVersion: number;
  /** The object after the change; of a deleted one its last state, with the version of the deletion. */
  current: StoredObject;
  /** The object before the change; absent when it was not there. */
  previous?: StoredObject;
}

/** Conditions on the object as it stands; when one does not hold, the write gets 409. */
export interface Preconditions {
  uid?: string;
  resourceVersion?: string;
}

export interface ListOptions {
  namespace?: string;
  labelSelector?: string;
}

export interface CreateOptions {
  /** Keeps a status that the API server would drop: for whoever plays KubeVirt in this process. */
  keepStatus?: boolean;
}

export interface UpdateOptions {
  /** Writes the status alone, as a request to `/status` does. */
  subresource?: 'status';
  preconditions?: Preconditions;
}

export interface DeleteOptions {
  preconditions?: Preconditions;
}
