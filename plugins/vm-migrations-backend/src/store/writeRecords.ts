import { upsert } from './chunks';
import type { FeedTransaction } from './changeFeed';
import { groupRecords, type Grouping } from './groupRecords';
import type { LegSet } from './LegSet';
import { migrationRowOf } from './migrationRow';
import type { MergeRow, MigrationRow } from './rows';

/**
 * Derives the records of all legs that were touched and writes those that became different.
 * The legs themselves are left to {@link LegSet.save}.
 *
 * @param updatedAt - milliseconds; when the records that become different did so
 * @returns true if a reader can see a difference
 */
export async function writeRecords(
  feed: FeedTransaction,
  legs: LegSet,
  updatedAt: number,
): Promise<boolean> {
  const groupings = (await legs.relatives()).map(groupRecords);
  for (const { records, unseen } of groupings) {
    for (const { id, legs: members, migration } of records) {
      for (const stored of members) {
        legs.assign(stored, id, migration.outcome === 'active');
      }
    }
    for (const stored of unseen) {
      legs.assign(stored, undefined, false);
    }
  }
  const written = await upsert<MigrationRow, 'id'>({
    trx: feed.trx,
    table: 'migrations',
    key: ['id'],
    rows: groupings.flatMap(({ records }) =>
      records.map(({ migration }) =>
        migrationRowOf(migration, updatedAt, feed.next()),
      ),
    ),
    changed: 'migrations.data is distinct from excluded.data',
  });
  const mergesChanged = await writeMerges(feed, groupings);
  return written > 0 || mergesChanged;
}

async function writeMerges(
  { trx, next }: FeedTransaction,
  groupings: Grouping[],
): Promise<boolean> {
  const merged = groupings.flatMap(grouping => grouping.merged);
  const separated = groupings.flatMap(grouping => grouping.separated);
  if (merged.length > 0) {
    await trx<MigrationRow>('migrations')
      .delete()
      .whereIn(
        'id',
        merged.map(({ id }) => id),
      );
    await upsert<MergeRow, 'id'>({
      trx,
      table: 'migration_merges',
      key: ['id'],
      rows: merged.map(({ id, into }) => ({
        id,
        into_id: into,
        position: next(),
      })),
    });
  }
  if (separated.length > 0) {
    await trx<MergeRow>('migration_merges').delete().whereIn('id', separated);
  }
  return merged.length + separated.length > 0;
}
