import type {
  ChangesPage,
  ClusterList,
  DatacenterList,
  Direction,
  Migration,
  MigrationList,
  Status,
  VirtualMachine,
  VirtualMachineList,
} from '../model';

/** What migrations can be ordered by. @public */
export const MIGRATION_ORDER_FIELDS = [
  'created',
  'started',
  'ended',
  'updated',
  'duration',
  'vm',
] as const;

/** @public */
export interface MigrationOrder {
  field: (typeof MIGRATION_ORDER_FIELDS)[number];
  direction: 'asc' | 'desc';
}

/** @public */
export interface RequestOptions {
  /** Backstage token; in the browser the fetch API adds it. */
  token?: string;
  signal?: AbortSignal;
}

/** @public */
export interface PageRequest extends RequestOptions {
  /** A text of the filter language. */
  filter?: string;
  /** 1 to 1000; 100 when absent. */
  limit?: number;
  /** `pageInfo.nextCursor` of the page before. */
  cursor?: string;
}

/** @public */
export interface MigrationListRequest extends PageRequest {
  /** Newest first when absent. */
  order?: MigrationOrder;
  /** Created at this time or later: a day, an ISO time, or a time ago such as `-24h`. */
  from?: string;
  /** Created before this time; a day counts to its end. */
  to?: string;
}

/** @public */
export interface VirtualMachineListRequest extends PageRequest {
  /** Only machines with a move under way. */
  migrating?: boolean;
}

/** @public */
export interface ChangesRequest extends RequestOptions {
  /** `position` of the page before, or of a list; absent to learn the position of now. */
  since?: string;
  /** How long to wait for a change when there is none yet; at most 30,000. */
  waitMs?: number;
  /** 1 to 1000; 500 when absent. */
  limit?: number;
}

/** Where a named object of a cluster is. @public */
export interface ObjectReference {
  cluster: string;
  namespace: string;
  name: string;
}

/**
 * The REST API of the vm-migrations backend. All methods reject with a `ResponseError`
 * when the backend refuses, with an {@link UnexpectedAnswerError} when it answers something
 * else than promised, and as `fetch` does when it cannot be reached or is aborted.
 *
 * @public
 */
export interface VmMigrationsApi {
  listMigrations(request?: MigrationListRequest): Promise<MigrationList>;

  /** Those that have not ended. */
  listActiveMigrations(request?: MigrationListRequest): Promise<MigrationList>;

  /**
   * By id, uid of one of its migration objects, `cluster/namespace/name` of one, or its
   * bare name where only one move had an object of that name.
   */
  getMigration(
    reference: string | ObjectReference,
    options?: RequestOptions,
  ): Promise<Migration>;

  /** Moves into, out of and within a site. */
  listMigrationsByDatacenter(
    datacenter: string,
    request?: MigrationListRequest,
  ): Promise<MigrationList>;

  /** Moves into, out of and within a cluster. */
  listMigrationsByCluster(
    cluster: string,
    request?: MigrationListRequest,
  ): Promise<MigrationList>;

  /** Moves of all machines of that name. */
  listMigrationsByVirtualMachine(
    name: string,
    request?: MigrationListRequest,
  ): Promise<MigrationList>;

  /** Moves between clusters that came into or left a watched one, or all others. */
  listMigrationsByDirection(
    direction: Direction,
    request?: MigrationListRequest,
  ): Promise<MigrationList>;

  listVirtualMachines(
    request?: VirtualMachineListRequest,
  ): Promise<VirtualMachineList>;

  getVirtualMachine(
    reference: ObjectReference,
    options?: RequestOptions,
  ): Promise<VirtualMachine>;

  listDatacenters(options?: RequestOptions): Promise<DatacenterList>;

  listClusters(options?: RequestOptions): Promise<ClusterList>;

  getStatus(options?: RequestOptions): Promise<Status>;

  getChanges(request?: ChangesRequest): Promise<ChangesPage>;
}
