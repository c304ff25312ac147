import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type {
  Datacenter,
  ResourceHealth,
} from 'backstage-plugin-vm-migrations-common';
import { MIGRATIONS } from '../kubevirt/resources';
import { changeFeed, type FeedTransaction } from './changeFeed';
import { upsert } from './chunks';
import { clusterState } from './clusterState';
import { readLostClusters } from './fences';
import type { ClusterRow, DatacenterRow } from './rows';
import type { WriteResult } from './types';

/** A cluster as it is configured. */
export interface ClusterDefinition {
  name: string;
  title?: string;
}

/** A site as it is configured; `clusters` are names of clusters. */
export type DatacenterDefinition = Pick<
  Datacenter,
  'id' | 'title' | 'location' | 'coordinates' | 'clusters'
>;

/** As after {@link BatchStore.apply}. */
export type ClusterWriteResult = Pick<WriteResult, 'position' | 'changed'>;

/** Writes which clusters and sites there are, and how well each cluster is seen. */
export class ClusterStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Takes over the configuration, to be called at start-up. A cluster that is no longer in
   * it stays, as unconfigured and in its last site, because its history does.
   */
  async saveClusters(
    clusters: ClusterDefinition[],
    datacenters: DatacenterDefinition[],
  ): Promise<ClusterWriteResult> {
    return this.#write(async feed => {
      await replaceDatacenters(feed.trx, datacenters);
      const known = await feed.trx<ClusterRow>('clusters').select('*');
      const defined = clusters.map(({ name, title }): ClusterRow => {
        const before = known.find(row => row.name === name);
        return {
          name,
          title: title ?? null,
          datacenter:
            datacenters.find(site => site.clusters.includes(name))?.id ?? null,
          configured: 1,
          health: before?.health ?? '[]',
          blind_since: before?.blind_since ?? null,
          position: 0,
        };
      });
      const names = new Set(clusters.map(({ name }) => name));
      const left = known
        .filter(({ name }) => !names.has(name))
        .map(
          (row): ClusterRow => ({
            ...row,
            configured: 0,
            health: '[]',
            blind_since: null,
          }),
        );
      return writeClusters(feed, known, [...defined, ...left]);
    });
  }

  /**
   * How each resource of a cluster is being watched now. Of a cluster that is not configured
   * nothing is kept.
   *
   * @param fence - the counter under which this replica holds the cluster; without one it is
   *   not asked whether it does
   * @throws ConflictError if it no longer does
   */
  async saveHealth(
    cluster: string,
    resources: ResourceHealth[],
    fence?: number,
  ): Promise<ClusterWriteResult> {
    return this.#write(async feed => {
      const fences = fence === undefined ? [] : [[cluster, fence] as const];
      const lost = await readLostClusters(feed.trx, new Map(fences));
      if (lost.length > 0) {
        throw new ConflictError(
          `Cluster '${cluster}' is watched by another replica now, which reports its health`,
        );
      }
      const known = await feed
        .trx<ClusterRow>('clusters')
        .select('*')
        .where({ name: cluster, configured: 1 });
      return writeClusters(
        feed,
        known,
        known.map(row => ({
          ...row,
          health: JSON.stringify(resources),
          blind_since: blindSince(row, resources),
        })),
      );
    });
  }

  async #write(
    write: (feed: FeedTransaction) => Promise<boolean>,
  ): Promise<ClusterWriteResult> {
    const { head, result } = await changeFeed(this.#knex, write);
    return { position: head.position, changed: result };
  }
}

async function replaceDatacenters(
  trx: Knex.Transaction,
  datacenters: DatacenterDefinition[],
): Promise<void> {
  await trx<DatacenterRow>('datacenters').delete();
  await upsert<DatacenterRow, 'id'>({
    trx,
    table: 'datacenters',
    key: ['id'],
    rows: datacenters.map((datacenter, ordinal) => ({
      id: datacenter.id,
      ordinal,
      data: JSON.stringify(datacenter),
    })),
  });
}

/** Writes the rows that are different from those known. */
async function writeClusters(
  { trx, next }: FeedTransaction,
  known: ClusterRow[],
  rows: ClusterRow[],
): Promise<boolean> {
  const changed = rows.filter(row => {
    const before = known.find(({ name }) => name === row.name);
    return (
      before?.title !== row.title ||
      before.datacenter !== row.datacenter ||
      before.configured !== row.configured ||
      before.health !== row.health
    );
  });
  await upsert<ClusterRow, 'name'>({
    trx,
    table: 'clusters',
    key: ['name'],
    rows: changed.map(row => ({ ...row, position: next() })),
  });
  return changed.length > 0;
}

/**
 * Since when migrations have not been seen, in milliseconds. The health of a resource tells
 * since when it is in its phase, but phases follow each other while a cluster stays away.
 */
function blindSince(
  row: ClusterRow,
  resources: ResourceHealth[],
): ClusterRow['blind_since'] {
  if (clusterState(true, resources).state !== 'blind') {
    return null;
  }
  const since = resources.find(
    ({ resource }) => resource === MIGRATIONS.plural,
  )?.since;
  return row.blind_since ?? (since === undefined ? null : Date.parse(since));
}
