import type { ResourceHealth } from 'backstage-plugin-vm-migrations-common';

/** The part of a Kubernetes object that the watch layer itself reads. */
export interface WatchedObject {
  apiVersion?: string;
  kind?: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** A resource as it stands in a URL of the API server. */
export interface ResourceType {
  group: string;
  version: string;
  plural: string;
}

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/**
 * Where a reflector puts what it learns of one resource of one cluster. Every call is
 * awaited before the next one is made: a slow sink slows the socket down (back-pressure).
 * A rejected promise stops the reflector's round; it starts again from the last position
 * that the sink is known to have.
 */
export interface WatchSink {
  /** A list begins; pages follow, then `listed`. A list that breaks off begins again. */
  listing(): Promise<void>;
  page(objects: WatchedObject[]): Promise<void>;
  /** The list is complete: what was known before and was in no page is gone. */
  listed(resourceVersion: string): Promise<void>;
  event(type: WatchEventType, object: WatchedObject): Promise<void>;
  /** Nothing changed up to here. */
  bookmark(resourceVersion: string): Promise<void>;
  /** How the watch fares; called on every change of it, never throws. */
  health(health: ResourceHealth): void;
}

/** Time and its passing, injected so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts (it does not reject). */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
