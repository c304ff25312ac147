import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { DERIVATION_VERSION, type DerivedMigration } from '../tracking';
import { changeFeed, type FeedTransaction } from './changeFeed';
import { parseJson } from './columns';
import { LegSet } from './LegSet';
import type { MigrationRow } from './rows';
import { legKey } from './StoredLeg';
import { writeRecords } from './writeRecords';

/** Keeps other writers waiting for some tens of milliseconds at a time. */
const BATCH = 200;

export interface RederiveOptions {
  knex: Knex;
  logger: LoggerService;
  /** Ends after the running batch; the rest is left to the next start. */
  signal: AbortSignal;
  /** Milliseconds since 1970: when the records that become different do so. */
  now: () => number;
}

/**
 * Derives again what older rules derived, from the facts that are stored. To be run once
 * after each start, beside the watches.
 */
export async function rederiveMigrations(
  options: RederiveOptions,
): Promise<void> {
  const { knex, logger, signal, now } = options;
  let done = 0;
  while (!signal.aborted) {
    const { result: count } = await changeFeed(knex, feed =>
      rederiveBatch(feed, now()),
    );
    done += count;
    if (count < BATCH) {
      break;
    }
  }
  if (done > 0) {
    logger.info(`Derived ${done} migrations again by newer rules`);
  }
}

async function rederiveBatch(
  feed: FeedTransaction,
  now: number,
): Promise<number> {
  const migrations = () => feed.trx<MigrationRow>('migrations');
  const rows = await migrations()
    .select('id', 'data')
    .where('derivation_version', '<', DERIVATION_VERSION)
    .limit(BATCH);
  if (rows.length === 0) {
    return 0;
  }
  const members = rows.flatMap(
    ({ data }) => parseJson<DerivedMigration>(data).legs,
  );
  const legs = new LegSet(feed.trx);
  await legs.load(members.map(({ uid }) => uid));
  legs.touch(members.map(legKey));
  await writeRecords(feed, legs, now);
  await legs.save();
  // Those that came out the same were not written.
  await migrations()
    .update({ derivation_version: DERIVATION_VERSION })
    .whereIn(
      'id',
      rows.map(({ id }) => id),
    );
  return rows.length;
}
