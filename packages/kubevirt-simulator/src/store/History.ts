import type { StoreEvent } from './types';

/**
 * The last changes of a cluster, oldest first. Resource versions are consecutive, one per
 * event, so an event's place is its version minus that of the first.
 */
export class History {
  readonly #limit: number;
  #events: StoreEvent[] = [];
  /** Entries before this one are dropped; the array is cut when half of it is. */
  #start = 0;
  /** The newest version of which nothing is known any more: changes after it are. */
  #compacted: number;

  constructor(limit: number, resourceVersion: number) {
    this.#limit = limit;
    this.#compacted = resourceVersion;
  }

  /** Everything after this version can still be told. */
  get compactedResourceVersion(): number {
    return this.#compacted;
  }

  append(event: StoreEvent): void {
    this.#events.push(event);
    if (this.#events.length - this.#start > this.#limit) {
      this.#compacted = this.#events[this.#start].resourceVersion;
      this.#start += 1;
      if (this.#start > this.#limit) this.#cut();
    }
  }

  /** Forgets everything up to and including `resourceVersion`. */
  compact(resourceVersion: number): void {
    while (
      this.#start < this.#events.length &&
      this.#events[this.#start].resourceVersion <= resourceVersion
    ) {
      this.#start += 1;
    }
    this.#compacted = Math.max(this.#compacted, resourceVersion);
    this.#cut();
  }

  /** Whether every change after `resourceVersion` is still known. */
  reaches(resourceVersion: number): boolean {
    return resourceVersion >= this.#compacted;
  }

  /** The changes after `resourceVersion`, oldest first; it must still be reached. */
  since(resourceVersion: number): StoreEvent[] {
    const skipped = resourceVersion - this.#compacted;
    return this.#events.slice(this.#start + Math.max(skipped, 0));
  }

  #cut(): void {
    this.#events = this.#events.slice(this.#start);
    this.#start = 0;
  }
}
