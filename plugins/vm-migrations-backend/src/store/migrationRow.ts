import type {
  FilterContext,
  Migration,
} from 'backstage-plugin-vm-migrations-common';
import { DERIVATION_VERSION, type DerivedMigration } from '../tracking';
import {
  isoTimeOf,
  nameColumn,
  NOT_KNOWN,
  parseJson,
  searchColumn,
  timeColumn,
} from './columns';
import type { MigrationRow } from './rows';

/** A record as it is stored. `updatedAt` is in milliseconds. */
export function migrationRowOf(
  migration: DerivedMigration,
  updatedAt: number,
  position: number,
): MigrationRow {
  const { vm, source, target, legs, failure } = migration;
  return {
    id: migration.id,
    outcome: migration.outcome,
    phase: nameColumn(migration.phase),
    kind: migration.kind,
    vm_name: nameColumn(vm.name),
    source_cluster: nameColumn(source.cluster),
    source_namespace: nameColumn(source.namespace),
    source_node: nameColumn(source.node),
    target_cluster: nameColumn(target.cluster),
    target_namespace: nameColumn(target.namespace),
    target_node: nameColumn(target.node),
    created_at: timeColumn(migration.createdAt),
    started_at: timeColumn(migration.startedAt),
    ended_at: timeColumn(migration.endedAt),
    duration_ms: migration.durationMs ?? NOT_KNOWN,
    updated_at: updatedAt,
    position,
    derivation_version: DERIVATION_VERSION,
    search: searchColumn([
      vm.name,
      vm.namespace,
      source.namespace,
      target.namespace,
      source.cluster,
      target.cluster,
      source.node,
      target.node,
      ...legs.map(leg => leg.name),
      failure?.message,
    ]),
    data: JSON.stringify(migration),
  };
}

/** Which site a cluster belongs to. */
export interface Sites extends FilterContext {
  siteOf(cluster: string | undefined): string | undefined;
}

export type StoredMigration = Pick<
  MigrationRow,
  'id' | 'data' | 'updated_at' | 'position'
>;

/** The columns that {@link migrationOf} needs. */
export const MIGRATION_COLUMNS = [
  'migrations.id',
  'migrations.data',
  'migrations.updated_at',
  'migrations.position',
] as const;

/** A stored record as the API shows it. */
export function migrationOf(row: StoredMigration, sites: Sites): Migration {
  const derived = parseJson<DerivedMigration>(row.data);
  return {
    ...derived,
    source: {
      ...derived.source,
      datacenter: sites.siteOf(derived.source.cluster),
    },
    target: {
      ...derived.target,
      datacenter: sites.siteOf(derived.target.cluster),
    },
    updatedAt: isoTimeOf(row.updated_at),
    revision: Number(row.position),
  };
}
