import type { z } from 'zod';
import type {
  KubernetesObject,
  ObjectInput,
  ObjectStore,
  StoreEvent,
} from '../../store';
import { keyOf } from '../objects';

export interface CachedChange<T> {
  key: string;
  previous?: T;
  /** Absent when the object is gone. */
  current?: T;
}

/**
 * The objects of one resource, parsed once per change, as an informer keeps them. An
 * object that is not of the expected shape is not there for the controllers, just as a Go
 * client could not decode it.
 */
export class ObjectCache<T extends KubernetesObject> {
  readonly #store: ObjectStore;
  readonly #plural: string;
  readonly #schema: z.ZodType<T>;
  readonly #objects = new Map<string, T>();
  readonly #listeners: ((change: CachedChange<T>) => void)[] = [];

  constructor(store: ObjectStore, plural: string, schema: z.ZodType<T>) {
    this.#store = store;
    this.#plural = plural;
    this.#schema = schema;
    for (const object of store.list(plural)) this.#put(object);
    store.subscribe(event => {
      if (event.resource.plural === plural) this.#take(event);
    });
  }

  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  keys(): Iterable<string> {
    return this.#objects.keys();
  }

  values(): Iterable<T> {
    return this.#objects.values();
  }

  get size(): number {
    return this.#objects.size;
  }

  subscribe(listener: (change: CachedChange<T>) => void): void {
    this.#listeners.push(listener);
  }

  /** @returns the object as it is stored */
  create<I extends ObjectInput>(input: I): KubernetesObject {
    return this.#store.create(this.#plural, input);
  }

  /**
   * Lets `change` work on a copy and writes it: the status alone with `status`. Does
   * nothing when the object is gone.
   */
  update(
    key: string,
    change: (draft: T) => void,
    subresource?: 'status',
  ): void {
    const known = this.#objects.get(key);
    if (!known) return;
    this.#store.update(
      this.#plural,
      known.metadata.namespace,
      known.metadata.name,
      stored => {
        const draft = this.#schema.parse(stored);
        change(draft);
        return draft;
      },
      { subresource },
    );
  }

  /** Asks for deletion; finalizers may hold the object. Does nothing when it is gone. */
  delete(key: string): void {
    const known = this.#objects.get(key);
    if (!known) return;
    this.#store.delete(
      this.#plural,
      known.metadata.namespace,
      known.metadata.name,
    );
  }

  #take(event: StoreEvent): void {
    const { namespace = '', name } = event.current;
    const key = keyOf(namespace, name);
    const previous = this.#objects.get(key);
    if (event.type === 'DELETED') this.#objects.delete(key);
    else this.#put(event.current.draft());
    const current = this.#objects.get(key);
    if (previous ?? current) {
      for (const listener of this.#listeners) {
        listener({ key, previous, current });
      }
    }
  }

  #put(object: KubernetesObject): void {
    const { namespace = '', name } = object.metadata;
    const parsed = this.#schema.safeParse(object);
    if (parsed.success) this.#objects.set(keyOf(namespace, name), parsed.data);
    else this.#objects.delete(keyOf(namespace, name));
  }
}
