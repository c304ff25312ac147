import type { Knex } from 'knex';
import type { BigInt64 } from './rows';

/**
 * The clusters that are not this replica's any more: taken over by another one since, or
 * handed back. To be called under the lock of the feed: a cluster that changes hands later
 * is written by its new holder only after this transaction.
 */
export async function readLostClusters(
  trx: Knex.Transaction,
  fences: ReadonlyMap<string, number>,
): Promise<string[]> {
  if (fences.size === 0) {
    return [];
  }
  const leases: { cluster: string; fencing: BigInt64 }[] = await trx('leases')
    .select('cluster', 'fencing')
    .whereIn('cluster', [...fences.keys()]);
  const current = new Map(
    leases.map(({ cluster, fencing }) => [cluster, Number(fencing)]),
  );
  return [...fences]
    .filter(([cluster, fence]) => current.get(cluster) !== fence)
    .map(([cluster]) => cluster);
}
