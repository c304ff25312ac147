import type { StoredObject } from './StoredObject';

/**
 * The objects of one resource, found by key and listed in key order. The order is settled
 * when somebody lists, so that filling the collection costs no sorting.
 */
export class Collection {
  readonly #objects = new Map<string, StoredObject>();
  #keys: string[] = [];
  #sorted = true;

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  set(object: StoredObject): void {
    if (!this.#objects.has(object.key)) {
      this.#keys.push(object.key);
      this.#sorted = false;
    }
    this.#objects.set(object.key, object);
  }

  delete(key: string): void {
    if (this.#objects.delete(key)) {
      // Sorted first, because the key can then be found without reading all of them.
      this.#sort();
      this.#keys.splice(this.#positionOf(key), 1);
    }
  }

  /** In key order. */
  *values(): Iterable<StoredObject> {
    this.#sort();
    for (const key of this.#keys) {
      const object = this.#objects.get(key);
      if (object) yield object;
    }
  }

  #sort(): void {
    if (!this.#sorted) {
      // Nearly sorted already: the engine's merge sort takes one pass over the old part.
      this.#keys.sort();
      this.#sorted = true;
    }
  }

  #positionOf(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#keys[middle] < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
