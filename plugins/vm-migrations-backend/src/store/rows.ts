/*
 * The tables as their rows come out of both databases. A bigint is a number in SQLite and
 * text in PostgreSQL, so `BigInt64` is read with Number() and written as a number.
 */

/** Below 2^53 always: positions, milliseconds, resource versions. */
export type BigInt64 = number | string;

/** 0 or 1. */
export type Flag = number;

export interface FeedRow {
  id: string;
  position: BigInt64;
}

export interface DatacenterRow {
  id: string;
  ordinal: number;
  data: string;
}

export interface ClusterRow {
  name: string;
  title: string | null;
  datacenter: string | null;
  configured: Flag;
  health: string;
  blind_since: BigInt64 | null;
  position: BigInt64;
}

export interface WatchPositionRow {
  cluster: string;
  resource: string;
  resource_version: string;
  observed_at: BigInt64;
}

export interface LegRow {
  uid: string;
  cluster: string;
  own_id: string;
  migration_id: string | null;
  namespace: string;
  name: string;
  vmi_name: string;
  migration_key: string | null;
  active: Flag;
  present: Flag;
  awaited_instance: string | null;
  data: string;
}

export interface MigrationRow {
  id: string;
  outcome: string;
  phase: string;
  kind: string;
  vm_name: string;
  source_cluster: string;
  source_namespace: string;
  source_node: string;
  target_cluster: string;
  target_namespace: string;
  target_node: string;
  created_at: BigInt64;
  started_at: BigInt64;
  ended_at: BigInt64;
  duration_ms: BigInt64;
  updated_at: BigInt64;
  position: BigInt64;
  derivation_version: number;
  search: string;
  data: string;
}

export interface MergeRow {
  id: string;
  into_id: string;
  position: BigInt64;
}

export interface VirtualMachineRow {
  id: string;
  cluster: string;
  namespace: string;
  name: string;
  machine: string | null;
  machine_version: BigInt64;
  instance: string | null;
  instance_version: BigInt64;
  whereabouts: string;
  status: string;
  phase: string;
  node: string;
  created_at: BigInt64;
  updated_at: BigInt64;
  search: string;
  deleted: Flag;
  position: BigInt64;
}
