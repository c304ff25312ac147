import type { Knex } from 'knex';
import { isSqlite } from './dialect';
import type { FeedRow } from './rows';

/*
 * The change feed has no table of its own: every record carries the position of its last
 * change, and reading the feed is reading the records in that order. Positions are given out
 * under the lock of the one row in `feed`, held until commit. So all writers of all replicas
 * go one after the other, and whoever has seen a position never later finds a smaller one.
 */

/** Identity of the feed and the last position given out. */
export interface FeedHead {
  id: string;
  position: number;
}

/** A transaction that holds the lock of the feed. */
export interface FeedTransaction {
  trx: Knex.Transaction;
  /** Takes the next position. */
  next(): number;
}

/** Head of the feed. */
export async function readHead(knex: Knex): Promise<FeedHead> {
  return headOf(await knex<FeedRow>('feed').select('id', 'position'));
}

/**
 * Runs `write` in a transaction that holds the lock of the feed, and returns the head of
 * the feed after the commit.
 */
export async function changeFeed<Result>(
  knex: Knex,
  write: (feed: FeedTransaction) => Promise<Result>,
): Promise<{ head: FeedHead; result: Result }> {
  return knex.transaction(async trx => {
    const head = await lockHead(trx);
    let { position } = head;
    const result = await write({
      trx,
      next() {
        position += 1;
        return position;
      },
    });
    if (position !== head.position) {
      await trx<FeedRow>('feed').update({ position });
    }
    return { head: { id: head.id, position }, result };
  });
}

async function lockHead(trx: Knex.Transaction): Promise<FeedHead> {
  // SQLite has no row locks: a first statement that writes locks the whole database, while
  // one that reads would have to give up if somebody else wrote before its own first write.
  return headOf(
    isSqlite(trx)
      ? await trx<FeedRow>('feed')
          .update({ position: trx.ref('position') })
          .returning(['id', 'position'])
      : await trx<FeedRow>('feed').select('id', 'position').forUpdate(),
  );
}

function headOf([row]: FeedRow[]): FeedHead {
  return { id: row.id, position: Number(row.position) };
}
