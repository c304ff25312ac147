import type { Migration } from 'backstage-plugin-vm-migrations-common';
import type { LegFacts } from '../kubevirt/types';

/**
 * A fact with the version of the observation that told it. Merging keeps the newer one,
 * so the order in which observations arrive does not matter.
 */
export type Versioned<T> = [value: T, version: number];

/** Where an instance runs, from a version of it on. */
export interface Whereabouts {
  node: string;
  /** uid of the VirtualMachine whose instance it is. */
  vmUid?: string;
  since: number;
}

/** When a migration that is gone must have ended; `after` is told by a list only. */
export interface Gone {
  after?: string;
  before: string;
}

/**
 * All that is known of one VirtualMachineInstanceMigration, keyed by cluster and uid.
 * Facts merge and never disappear, also not when the object does.
 */
export interface Leg {
  cluster: string;
  uid: string;
  /** Position in the change feed at which the leg was first stored; orders legs by first sight. */
  firstSeen: number;
  firstObservedAt: string;
  /** When the migration object was last seen to exist. */
  lastAliveAt?: string;
  /** The migration object itself has been seen, not only an instance that names it. */
  seen: boolean;
  facts: { [Fact in keyof LegFacts]?: Versioned<NonNullable<LegFacts[Fact]>> };
  /** Where its instance was; see `withInstance`. */
  instance?: Whereabouts;
  /** When this portal first saw a phase. */
  observedPhases: Record<string, string>;
  /** `null` means that the object existed at that version. */
  gone?: Versioned<Gone | null>;
}

/** One observation of a leg, from the migration object or from an instance. */
export interface LegObservation {
  cluster: string;
  uid: string;
  version: number;
  observedAt: string;
  /** From the migration object itself. */
  seen: boolean;
  deleted: boolean;
  facts: LegFacts;
}

/**
 * A migration as derived from its legs: the record without what only the store and the
 * configuration know (datacenters, feed position).
 */
export type DerivedMigration = Omit<Migration, 'updatedAt' | 'revision'>;
