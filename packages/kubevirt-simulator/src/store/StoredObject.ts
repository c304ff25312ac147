import type { KubernetesObject } from './types';

const NO_LABELS: Readonly<Record<string, string>> = Object.freeze({});

/**
 * One version of one object. What is kept is its JSON text, which goes to clients as it
 * is: an object is written out once, however often it is listed and watched. Its parsed,
 * frozen form is made for those who look into it inside the process, and let go when
 * nobody holds it any longer: the text alone is a fraction of its size.
 */
export class StoredObject {
  /** `namespace/name`, or `name` of a cluster-scoped object: unique in its resource, sorts as in etcd. */
  readonly key: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly json: string;
  #object: WeakRef<KubernetesObject> | undefined;

  private constructor(source: KubernetesObject, json: string) {
    const { namespace, name, labels } = source.metadata;
    this.key = objectKey(namespace, name);
    this.namespace = namespace;
    this.name = name;
    this.labels = labels ? { ...labels } : NO_LABELS;
    this.json = json;
  }

  /** Copies; `source` may be changed afterwards. */
  static of(source: KubernetesObject): StoredObject {
    return new StoredObject(source, JSON.stringify(source));
  }

  /** The object, frozen. */
  get object(): KubernetesObject {
    const known = this.#object?.deref();
    if (known) return known;
    const object = deepFreeze(this.draft());
    this.#object = new WeakRef(object);
    return object;
  }

  /** A copy of the object that may be changed. */
  draft(): KubernetesObject {
    const copy: KubernetesObject = JSON.parse(this.json);
    return copy;
  }
}

export function objectKey(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

function deepFreeze<T extends object>(value: T): T {
  for (const child of Object.values(value)) {
    if (typeof child === 'object' && child !== null) deepFreeze(child);
  }
  return Object.freeze(value);
}
