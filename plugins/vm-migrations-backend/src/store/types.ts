import type {
  ChangesPage,
  Cluster,
  Datacenter,
  FilterExpression,
  Migration,
  MigrationList,
  Status,
  VirtualMachine,
  VirtualMachineList,
} from 'backstage-plugin-vm-migrations-common';
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
  /**
   * Clusters of the batch that another replica holds by now (their fence is stale): nothing
   * of theirs was written, everything else was.
   */
  lostClusters: string[];
}

/** The writing side of the store. */
export interface BatchStore {
  /** Writes a batch in one transaction. Rejects when the database cannot be written. */
  apply(batch: WriteBatch): Promise<WriteResult>;
}

export interface Order {
  field: 'created' | 'started' | 'ended' | 'updated' | 'duration' | 'vm';
  direction: 'asc' | 'desc';
}

export interface MigrationQuery {
  filter?: FilterExpression;
  order: Order;
  /** 1 to 1000. */
  limit: number;
  /** As an earlier page gave it; anything else is an InputError. */
  cursor?: string;
}

export interface VirtualMachineQuery {
  filter?: FilterExpression;
  /** Only machines with a move under way. */
  migrating?: boolean;
  limit: number;
  cursor?: string;
}

/** What the caller may see; `undefined` is everything, `false` nothing. */
export type Visible = FilterExpression | undefined | false;

/** Reads for the API. Datacenters are filled in from the clusters' sites. */
export interface MigrationReader {
  listMigrations(query: MigrationQuery): Promise<MigrationList>;
  /** By id or by the uid of any leg. */
  getMigration(id: string): Promise<Migration | undefined>;
  /** Records with a leg of that object name, newest first. */
  findMigrations(reference: {
    cluster?: string;
    namespace?: string;
    name: string;
  }): Promise<Migration[]>;
  listVirtualMachines(query: VirtualMachineQuery): Promise<VirtualMachineList>;
  getVirtualMachine(reference: {
    cluster: string;
    namespace: string;
    name: string;
  }): Promise<VirtualMachine | undefined>;
  listClusters(): Promise<Cluster[]>;
  /** Counts are of what `visible` lets through. */
  listDatacenters(visible: {
    migrations: Visible;
    virtualMachines: Visible;
  }): Promise<Datacenter[]>;
  getStatus(options: {
    visible: { migrations: Visible; virtualMachines: Visible };
    now: string;
  }): Promise<Omit<Status, 'demo'>>;
  /** Without a position: no changes, and the position of now. */
  listChanges(options: {
    since?: string;
    limit: number;
    visible: {
      migrations: Visible;
      virtualMachines: Visible;
      clusters: boolean;
    };
  }): Promise<ChangesPage>;
}
