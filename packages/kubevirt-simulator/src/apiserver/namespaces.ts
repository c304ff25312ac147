/**
 * The life of a namespace, which is played by controllers in a real cluster: content needs
 * one that is there and not on its way out, and goes when it goes.
 */
import type {
  KubernetesObject,
  ObjectInput,
  ObjectStore,
  StoreEvent,
} from '../store';
import { notFound, StatusError } from '../store/StatusError';

const NAMESPACES = 'namespaces';
/**
 * In a real cluster it is in `spec.finalizers`; in `metadata.finalizers` it has the same
 * effect by the common rules.
 */
const FINALIZER = 'kubernetes';

/** A new namespace as the API server completes it. */
export function namespaceInput<T extends ObjectInput>(input: T): T {
  const { name, labels, finalizers = [] } = input.metadata;
  return {
    ...input,
    metadata: {
      ...input.metadata,
      labels: {
        ...labels,
        ...(name && { 'kubernetes.io/metadata.name': name }),
      },
      finalizers: [...new Set([...finalizers, FINALIZER])],
    },
    spec: {},
    status: { phase: 'Active' },
  };
}

/** Adds a namespace unless it is there. */
export function ensureNamespace(store: ObjectStore, name: string): void {
  if (store.get(NAMESPACES, undefined, name)) return;
  store.create(NAMESPACES, namespaceInput({ metadata: { name } }), {
    keepStatus: true,
  });
}

/** @throws StatusError 404 or 403 when nothing can be created in the namespace */
export function checkNamespace(store: ObjectStore, name: string): void {
  const namespace = store.get(NAMESPACES, undefined, name);
  if (!namespace) throw notFound(store.definition(NAMESPACES), name);
  if (namespace.metadata.deletionTimestamp) {
    throw new StatusError(
      403,
      'Forbidden',
      `unable to create new content in namespace ${name} because it is being terminated`,
      { name, kind: NAMESPACES },
    );
  }
}

/**
 * Empties namespaces that are deleted, and lets them go when they are empty.
 *
 * @returns a function that ends it
 */
export function superviseNamespaces(store: ObjectStore): () => void {
  return store.subscribe(event => {
    if (event.resource.plural === NAMESPACES) {
      const { object } = event.current;
      if (isLeaving(event, object)) sweep(store, object.metadata.name);
    } else if (event.type === 'DELETED' && event.current.namespace) {
      release(store, event.current.namespace);
    }
  });
}

function isLeaving(event: StoreEvent, namespace: KubernetesObject): boolean {
  return (
    event.type === 'DELETED' ||
    (namespace.metadata.deletionTimestamp !== undefined &&
      event.previous?.object.metadata.deletionTimestamp === undefined)
  );
}

function sweep(store: ObjectStore, name: string): void {
  if (store.get(NAMESPACES, undefined, name)) {
    store.update(
      NAMESPACES,
      undefined,
      name,
      draft => {
        draft.status = { phase: 'Terminating' };
      },
      { subresource: 'status' },
    );
  }
  for (const { plural, namespaced } of store.resources) {
    if (!namespaced) continue;
    for (const { metadata } of store.list(plural, { namespace: name })) {
      store.delete(plural, name, metadata.name);
    }
  }
  release(store, name);
}

function release(store: ObjectStore, name: string): void {
  const namespace = store.get(NAMESPACES, undefined, name);
  if (!namespace?.metadata.deletionTimestamp) return;
  const isEmpty = store.resources.every(
    ({ plural, namespaced }) =>
      !namespaced || store.list(plural, { namespace: name }).length === 0,
  );
  if (!isEmpty) return;
  store.update(NAMESPACES, undefined, name, draft => {
    draft.metadata.finalizers = draft.metadata.finalizers?.filter(
      finalizer => finalizer !== FINALIZER,
    );
  });
}
