import type { Observation } from '../kubevirt/types';

/** Key of one watched resource of one cluster. */
export interface WatchKey {
  cluster: string;
  /** Plural name, for example `virtualmachineinstancemigrations`. */
  resource: string;
}

/** A complete list was received: what is stored and was not in it is gone. */
export interface ListCompletion extends WatchKey {
  /** uids (migrations) or `namespace/name` (machines, instances) that the list contained. */
  present: ReadonlySet<string>;
  /** The list's own version: something newer than this is not gone. */
  version: number;
  /** Last time at which everything of this resource was known. */
  knownUntil?: string;
  observedAt: string;
}

/** How far a watch has come; stored with the observations that it brought. */
export interface WatchPosition extends WatchKey {
  resourceVersion: string;
  observedAt: string;
}

/** What one commit writes. Order within a cluster is the order of arrival. */
export interface WriteBatch {
  observations: Observation[];
  completions: ListCompletion[];
  positions: WatchPosition[];
  /** The fencing counter under which this replica holds each cluster of the batch. */
  fences: ReadonlyMap<string, number>;
}

export interface WriteResult {
  /** Head of the change feed after the commit. */
  position: number;
  /** False when the batch changed no record that a reader can see. */
  changed: boolean;
}
