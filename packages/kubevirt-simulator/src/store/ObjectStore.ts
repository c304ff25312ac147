/**
 * The truth of one simulated cluster, as etcd and the API server's registry keep it: every
 * change takes the next resource version of the cluster, whatever its resource, and is
 * told to all listeners in that order. Objects given out never change; a write makes a new
 * version. The rules are those of kube-apiserver for custom resources: status is written
 * apart where the resource says so, a write that changes nothing is no event, finalizers
 * hold back a deletion.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../clock';
import { nameSuffix, uuid } from '../random';
import type { Random } from '../random';
import { Collection } from './Collection';
import { draftOfCreated, draftOfRecorded, namespaceOf } from './drafts';
import { History } from './History';
import { parseLabelSelector } from './labelSelector';
import { Publisher } from './Publisher';
import type { StoreListener } from './Publisher';
import { alreadyExists, expired, invalid, notFound } from './StatusError';
import { objectKey, StoredObject } from './StoredObject';
import type {
  CreateOptions,
  DeleteOptions,
  KubernetesObject,
  ListOptions,
  ObjectInput,
  ResourceDefinition,
  StoreEvent,
  StoreEventType,
  UpdateOptions,
} from './types';
import {
  checkDeletePreconditions,
  checkFinalizers,
  checkUpdatePreconditions,
  guard,
  isReleased,
  specificationChanged,
} from './writeRules';

/** About two minutes of a busy cluster; enough that a client that reconnects in time resumes. */
const DEFAULT_HISTORY_LIMIT = 5_000;

/** The versions of an empty cluster start above 0, which has a meaning of its own in requests. */
const DEFAULT_FIRST_RESOURCE_VERSION = 1;

export interface ObjectStoreOptions {
  clock: Clock;
  /** Where uids and generated names come from. */
  random: Random;
  resources: ResourceDefinition[];
  /** How many changes are kept for watches that start in the past; 5,000 when absent. */
  historyLimit?: number;
  /**
   * The version of the empty cluster; 1 when absent. A cluster that takes the place of an
   * earlier one must go on above it, or clients would resume in a history that is not theirs.
   */
  firstResourceVersion?: number;
}

export class ObjectStore {
  readonly resources: readonly ResourceDefinition[];
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #definitions = new Map<string, ResourceDefinition>();
  readonly #collections = new Map<string, Collection>();
  readonly #history: History;
  readonly #publisher = new Publisher();
  #resourceVersion: number;

  /** @throws Error when two resources have the same plural */
  constructor(options: ObjectStoreOptions) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.resources = options.resources;
    for (const definition of options.resources) {
      if (this.#definitions.has(definition.plural)) {
        throw new Error(`Resource ${definition.plural} is defined twice`);
      }
      this.#definitions.set(definition.plural, definition);
      this.#collections.set(definition.plural, new Collection());
    }
    this.#resourceVersion =
      options.firstResourceVersion ?? DEFAULT_FIRST_RESOURCE_VERSION;
    this.#history = new History(
      options.historyLimit ?? DEFAULT_HISTORY_LIMIT,
      this.#resourceVersion,
    );
  }

  /** The version of the latest change. */
  get resourceVersion(): number {
    return this.#resourceVersion;
  }

  /** Changes up to this version can no longer be told to a new watch. */
  get compactedResourceVersion(): number {
    return this.#history.compactedResourceVersion;
  }

  get(
    plural: string,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined {
    return this.stored(plural, namespace, name)?.object;
  }

  /** In order of namespace and name. */
  list(plural: string, options: ListOptions = {}): KubernetesObject[] {
    const matches = parseLabelSelector(options.labelSelector ?? '');
    const objects: KubernetesObject[] = [];
    for (const stored of this.#collection(plural).values()) {
      const inNamespace =
        !options.namespace || stored.namespace === options.namespace;
      if (inNamespace && matches(stored.labels)) objects.push(stored.object);
    }
    return objects;
  }

  /** The object with its JSON text. */
  stored(
    plural: string,
    namespace: string | undefined,
    name: string,
  ): StoredObject | undefined {
    return this.#collection(plural).get(objectKey(namespace, name));
  }

  /**
   * All objects of a resource, in key order, as they were at `resourceVersion` (now when
   * absent). The array is valid until the next write.
   *
   * @throws StatusError 410 when the history no longer reaches back that far
   */
  snapshot(plural: string, resourceVersion?: number): readonly StoredObject[] {
    const objects = this.#collection(plural).values();
    const undone = new Map<string, StoredObject | undefined>();
    if (resourceVersion !== undefined) {
      for (const event of this.eventsSince(resourceVersion)) {
        const { key } = event.current;
        if (event.resource.plural === plural && !undone.has(key)) {
          undone.set(key, event.previous);
        }
      }
    }
    if (undone.size === 0) return objects;

    const past: StoredObject[] = [];
    for (const object of objects) {
      if (!undone.has(object.key)) past.push(object);
    }
    for (const object of undone.values()) {
      if (object) past.push(object);
    }
    return past.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /**
   * The changes after `resourceVersion`, oldest first, of all resources.
   *
   * @throws StatusError 410 when the history no longer reaches back that far
   */
  eventsSince(resourceVersion: number): StoreEvent[] {
    if (!this.#history.reaches(resourceVersion)) {
      throw expired(
        `too old resource version: ${resourceVersion} (${
          this.#history.compactedResourceVersion
        })`,
      );
    }
    return this.#history.since(resourceVersion);
  }

  /**
   * Adds an object as a POST does: the name made from `generateName` when there is none,
   * uid, creation time, version and generation given by the store.
   *
   * @throws StatusError 409 when the name is taken, 422 when there is no name
   */
  create<T extends ObjectInput>(
    plural: string,
    input: T,
    options: CreateOptions = {},
  ): KubernetesObject {
    const definition = this.definition(plural);
    const name = this.#nameOf(definition, input);
    const namespace = namespaceOf(definition, input);
    const key = objectKey(namespace, name);
    if (this.#collection(plural).get(key))
      throw alreadyExists(definition, name);

    const draft = draftOfCreated(
      definition,
      input,
      {
        name,
        namespace,
        uid: uuid(this.#random),
        creationTimestamp: this.#timestamp(),
      },
      options.keepStatus ?? false,
    );
    return this.#commit('ADDED', definition, draft).object;
  }

  /**
   * Changes an object: `mutate` gets a copy and changes it, or returns what is to take its
   * place. What the API server guards (identity, times, generation, and the status or all
   * but the status, depending on the subresource) stays as it was. Nothing happens when
   * nothing is changed; when the last finalizer of an object that is being deleted goes,
   * the object goes.
   *
   * @returns the object as it stands afterwards
   * @throws StatusError 404 when there is no such object, 409 when a precondition fails,
   *   422 when finalizers are added to an object that is being deleted
   */
  update(
    plural: string,
    namespace: string | undefined,
    name: string,
    mutate: (draft: KubernetesObject) => KubernetesObject | void,
    options: UpdateOptions = {},
  ): KubernetesObject {
    const definition = this.definition(plural);
    const stored = this.#require(definition, namespace, name);
    checkUpdatePreconditions(definition, stored.object, options.preconditions);

    const before = stored.object;
    const draft = stored.draft();
    const mutated = mutate(draft) ?? draft;
    const next = copyOf(
      guard(definition, before, mutated, options.subresource),
    );
    checkFinalizers(definition, before, next);
    if (isDeepStrictEqual(next, before)) return before;

    if (specificationChanged(definition, before, next)) {
      next.metadata.generation = (before.metadata.generation ?? 0) + 1;
    }
    if (isReleased(before, next)) {
      // What watchers get is the object as it was kept last: the write itself is lost.
      this.#commit('DELETED', definition, stored.draft());
      return StoredObject.of(next).object;
    }
    return this.#commit('MODIFIED', definition, next).object;
  }

  /**
   * Deletes an object. One with finalizers stays, marked with `deletionTimestamp`, until
   * the last of them is removed; a second deletion of it changes nothing.
   *
   * @returns the object as it stood last or still stands, and whether it is gone
   * @throws StatusError 404 when there is no such object, 409 when a precondition fails
   */
  delete(
    plural: string,
    namespace: string | undefined,
    name: string,
    options: DeleteOptions = {},
  ): { object: KubernetesObject; gone: boolean } {
    const definition = this.definition(plural);
    const stored = this.#require(definition, namespace, name);
    checkDeletePreconditions(definition, stored.object, options.preconditions);

    const draft = stored.draft();
    if (!draft.metadata.finalizers?.length) {
      return {
        object: this.#commit('DELETED', definition, draft).object,
        gone: true,
      };
    }
    if (draft.metadata.deletionTimestamp) {
      return { object: stored.object, gone: false };
    }
    draft.metadata.deletionTimestamp = this.#timestamp();
    draft.metadata.deletionGracePeriodSeconds = 0;
    if (draft.metadata.generation) draft.metadata.generation += 1;
    return {
      object: this.#commit('MODIFIED', definition, draft).object,
      gone: false,
    };
  }

  /**
   * Plays a recorded change: the object as it is given (also its uid and times, which are
   * only made up when they are absent), no rule applied, under the store's next version.
   *
   * @throws StatusError 422 when the object has no name
   */
  put<T extends ObjectInput>(
    type: StoreEventType,
    plural: string,
    input: T,
  ): void {
    const definition = this.definition(plural);
    const name = this.#nameOf(definition, input);
    const namespace = namespaceOf(definition, input);
    const known = this.stored(plural, namespace, name);
    const { uid, creationTimestamp } = input.metadata;
    const draft = draftOfRecorded(definition, input, {
      name,
      namespace,
      uid: uid ?? known?.object.metadata.uid ?? uuid(this.#random),
      creationTimestamp:
        creationTimestamp ??
        known?.object.metadata.creationTimestamp ??
        this.#timestamp(),
    });
    this.#commit(type, definition, draft);
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: StoreListener): () => void {
    return this.#publisher.subscribe(listener);
  }

  /** Forgets the history: watches and page tokens from before now get 410. */
  compact(): void {
    this.#history.compact(this.#resourceVersion);
  }

  /** @throws Error when the store was not made with such a resource */
  definition(plural: string): ResourceDefinition {
    const definition = this.#definitions.get(plural);
    if (!definition) throw new Error(`The store has no resource ${plural}`);
    return definition;
  }

  #collection(plural: string): Collection {
    const collection = this.#collections.get(plural);
    if (!collection) throw new Error(`The store has no resource ${plural}`);
    return collection;
  }

  #require(
    definition: ResourceDefinition,
    namespace: string | undefined,
    name: string,
  ): StoredObject {
    const stored = this.stored(definition.plural, namespace, name);
    if (!stored) throw notFound(definition, name);
    return stored;
  }

  #nameOf(definition: ResourceDefinition, input: ObjectInput): string {
    const { name, generateName } = input.metadata;
    if (name) return name;
    if (generateName) return generateName + nameSuffix(this.#random);
    throw invalid(
      definition,
      '',
      'metadata.name',
      'FieldValueRequired',
      'Required value: name or generateName is required',
    );
  }

  /** Takes the next version, keeps the object and tells everybody. */
  #commit(
    type: StoreEventType,
    resource: ResourceDefinition,
    draft: KubernetesObject,
  ): StoredObject {
    this.#resourceVersion += 1;
    draft.metadata.resourceVersion = String(this.#resourceVersion);
    const current = StoredObject.of(draft);
    const collection = this.#collection(resource.plural);
    const previous = collection.get(current.key);
    if (type === 'DELETED') collection.delete(current.key);
    else collection.set(current);

    const event: StoreEvent = {
      type,
      resource,
      resourceVersion: this.#resourceVersion,
      current,
      previous,
    };
    this.#history.append(event);
    this.#publisher.publish(event);
    return current;
  }

  /** The time in Kubernetes' form: whole seconds. */
  #timestamp(): string {
    return new Date(this.#clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  }
}

/** As JSON keeps it: without undefined fields, which would count as a difference. */
function copyOf(object: KubernetesObject): KubernetesObject {
  const copy: KubernetesObject = JSON.parse(JSON.stringify(object));
  return copy;
}
