import { hash } from 'node:crypto';
import type { Observation } from '../kubevirt';

/**
 * Remembers of every object of one watch a hash of what is kept of it, so that a change
 * that means nothing (heartbeats, managed fields, guest agent noise) costs no statement.
 * Memory per object is its key and the hash, never the object.
 */
export class KnownObjects {
  #hashes = new Map<string, string>();

  /** True when the observation says something new of its object. */
  isNews(key: string, observation: Observation): boolean {
    if (observation.deleted) {
      this.#hashes.delete(key);
      return true;
    }
    const digest = digestOf(observation);
    if (this.#hashes.get(key) === digest) {
      return false;
    }
    this.#hashes.set(key, digest);
    return true;
  }

  /** Forgets what a complete list did not contain. */
  retain(present: ReadonlySet<string>): void {
    for (const key of this.#hashes.keys()) {
      if (!present.has(key)) {
        this.#hashes.delete(key);
      }
    }
  }
}

/** Everything but when it was seen and at which version. */
function digestOf(observation: Observation): string {
  const { observedAt: _observedAt, version: _version, ...said } = observation;
  return hash('sha1', JSON.stringify(said), 'base64');
}
