import type { Knex } from 'knex';
import { legObservations } from '../tracking';
import { changeFeed, type FeedTransaction } from './changeFeed';
import { completeLists } from './completeLists';
import { readLostClusters } from './fences';
import { mergeInstanceFacts } from './instanceFacts';
import { LegSet } from './LegSet';
import { MachineSet } from './MachineSet';
import { mergeLegs } from './mergeLegs';
import type {
  BatchStore,
  WatchPosition,
  WriteBatch,
  WriteResult,
} from './types';
import { readPositions, writePositions } from './watchPositions';
import { writeRecords } from './writeRecords';

/**
 * Writes what was seen. One call is one transaction with a number of statements that does
 * not depend on the number of observations: everything they touch is read, changed in memory
 * by the pure functions of `tracking`, and written back where it became different.
 *
 * All writers go one after the other (see `changeFeed`), so what was read is still true when
 * it is written, and two replicas that see one half of a pair each make one record of it.
 */
export class MigrationWriter implements BatchStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Writes a batch, but for what it holds of clusters that this replica has lost. Clusters
   * without a fence are written as they are.
   */
  async apply(batch: WriteBatch): Promise<WriteResult> {
    const { head, result } = await changeFeed(this.#knex, async feed => {
      const lostClusters = await readLostClusters(feed.trx, batch.fences);
      const changed = await this.#write(
        feed,
        withoutClusters(batch, lostClusters),
      );
      return { changed, lostClusters };
    });
    return { position: head.position, ...result };
  }

  async #write(feed: FeedTransaction, batch: WriteBatch): Promise<boolean> {
    const { observations, completions, positions } = batch;
    const { trx } = feed;
    const legs = new LegSet(trx);
    const machines = new MachineSet(trx);

    await mergeLegs(feed, legs, observations.flatMap(legObservations));
    const machineObservations = observations.filter(
      observation => observation.kind !== 'migration',
    );
    await machines.load(machineObservations);
    for (const observation of machineObservations) {
      machines.observe(observation);
    }
    await completeLists(trx, { legs, machines }, completions);
    await mergeInstanceFacts(trx, { legs, machines }, observations);

    const updatedAt = latest([...observations, ...completions]);
    const recordsChanged = await writeRecords(feed, legs, updatedAt);
    await legs.save();
    const machinesChanged = await machines.save(feed, updatedAt);
    await writePositions(trx, positions);
    return recordsChanged || machinesChanged;
  }

  /** How far each resource of a cluster has been watched: where to go on. */
  async getPositions(cluster: string): Promise<WatchPosition[]> {
    return readPositions(this.#knex, cluster);
  }
}

/** ISO times of one form sort as text; parsing each of them costs more than all else here. */
function latest(times: { observedAt: string }[]): number {
  const last = times.reduce(
    (max, { observedAt }) => (observedAt > max ? observedAt : max),
    '',
  );
  return last === '' ? 0 : Date.parse(last);
}

function withoutClusters(batch: WriteBatch, clusters: string[]): WriteBatch {
  if (clusters.length === 0) {
    return batch;
  }
  const keep = ({ cluster }: { cluster: string }) =>
    !clusters.includes(cluster);
  return {
    ...batch,
    observations: batch.observations.filter(keep),
    completions: batch.completions.filter(keep),
    positions: batch.positions.filter(keep),
  };
}
