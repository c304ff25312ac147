import type { StoreEvent } from './types';

/** Told of every change in order. It may write to the store: those changes are told afterwards. */
export type StoreListener = (event: StoreEvent) => void;

/**
 * Tells listeners of changes, one after the other: a change that a listener makes waits
 * until everybody has heard of the one before, so that all see the same order.
 */
export class Publisher {
  readonly #listeners = new Set<StoreListener>();
  readonly #untold: StoreEvent[] = [];
  #telling = false;

  /** @returns a function that ends the subscription */
  subscribe(listener: StoreListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(event: StoreEvent): void {
    this.#untold.push(event);
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (let next = this.#untold.shift(); next; next = this.#untold.shift()) {
        for (const listener of this.#listeners) listener(next);
      }
    } finally {
      this.#telling = false;
    }
  }
}
