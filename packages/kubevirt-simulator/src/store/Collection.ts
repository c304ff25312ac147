import type { StoredObject } from './StoredObject';

/**
 * The objects of one resource, found by key and listed in key order. The order is settled
 * when somebody lists, so that filling the collection costs no sorting; from then on each
 * change keeps it.
 */
export class Collection {
  readonly #objects = new Map<string, StoredObject>();
  /** In key order, but for the additions since the last listing, which are at the end. */
  readonly #ordered: StoredObject[] = [];
  #isSorted = true;

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  set(object: StoredObject): void {
    if (this.#objects.has(object.key)) {
      this.#sort();
      this.#ordered[lowerBound(this.#ordered, object.key)] = object;
    } else {
      this.#ordered.push(object);
      this.#isSorted = false;
    }
    this.#objects.set(object.key, object);
  }

  delete(key: string): void {
    if (this.#objects.delete(key)) {
      this.#sort();
      this.#ordered.splice(lowerBound(this.#ordered, key), 1);
    }
  }

  /** In key order. The array is the collection's own: it shows the state until the next write. */
  values(): readonly StoredObject[] {
    this.#sort();
    return this.#ordered;
  }

  #sort(): void {
    if (!this.#isSorted) {
      // Nearly sorted already: the engine's merge sort takes one pass over the old part.
      this.#ordered.sort((a, b) => (a.key < b.key ? -1 : 1));
      this.#isSorted = true;
    }
  }
}

/** The place of the first object whose key is not before `key`. */
export function lowerBound(
  objects: readonly StoredObject[],
  key: string,
): number {
  let low = 0;
  let high = objects.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (objects[middle].key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
