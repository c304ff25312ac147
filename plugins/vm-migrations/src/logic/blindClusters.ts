import type { Cluster, Migration } from 'backstage-plugin-vm-migrations-common';

/**
 * The blind cluster that keeps us from knowing how a move goes on: the target's, because
 * it decides, else the source's. Undefined when both are seen, and for moves that ended.
 */
export function blindClusterOf(
  migration: Pick<Migration, 'outcome' | 'source' | 'target'>,
  clusters: ReadonlyMap<string, Cluster>,
): Cluster | undefined {
  if (migration.outcome !== 'active') {
    return undefined;
  }
  for (const name of [migration.target.cluster, migration.source.cluster]) {
    const cluster = name === undefined ? undefined : clusters.get(name);
    if (cluster?.state === 'blind') {
      return cluster;
    }
  }
  return undefined;
}
