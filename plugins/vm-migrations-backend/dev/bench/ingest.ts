import type { Knex } from 'knex';
import { openDatabase } from '../../src/store';
import type { BenchDatabase } from './BenchDatabase';
import { ClusterProcess } from './ClusterProcess';
import { RecordingRig } from './RecordingRig';
import { UpsertCapture } from './UpsertCapture';

const CLUSTERS = 20;
const IN_FLIGHT = 500;
const EVENTS_PER_MOVE = 10;
/** The second event stamps annotations only, which are not kept. */
const OBSERVATIONS_PER_MOVE = EVENTS_PER_MOVE - 1;
/** Events on the way between API servers and commit, at most. */
const AHEAD = 6_000;

export interface IngestResult {
  database: string;
  events: number;
  rows: number;
  transactions: number;
  eventsPerSecond: number;
  /** The same rows in the same transactions, upserted through Knex with nothing else. */
  limitEventsPerSecond: number;
  share: number;
}

/** Events per second from the API servers' streams to the commit. */
export async function benchIngest(
  database: BenchDatabase,
  moves: number,
): Promise<IngestResult> {
  const clusters = await ClusterProcess.start(CLUSTERS);
  const capture = new UpsertCapture();
  const expected = moves * OBSERVATIONS_PER_MOVE;
  let committed = 0;
  let finish = () => {};
  const finished = new Promise<void>(resolve => {
    finish = resolve;
  });
  try {
    const knex = await database.open();
    const rig = await RecordingRig.start({
      knex,
      sources: await clusters.sources(),
      onCommit(batch) {
        capture.endTransaction();
        committed += batch.observations.length;
        clusters.acknowledge(
          Math.floor((committed * EVENTS_PER_MOVE) / OBSERVATIONS_PER_MOVE),
        );
        if (committed >= expected) {
          finish();
        }
      },
    });
    await rig.watching;
    capture.attach(knex);
    const begin = performance.now();
    await clusters.run({
      type: 'move',
      moves,
      inFlight: IN_FLIGHT,
      ahead: AHEAD,
    });
    await finished;
    const ingestMs = performance.now() - begin;
    await rig.stop();
    await check(knex, moves);
    await knex.destroy();

    const limit = await measureLimit(database, capture);
    const events = moves * EVENTS_PER_MOVE;
    return {
      database: database.name,
      events,
      rows: limit.rows,
      transactions: capture.transactions.length,
      eventsPerSecond: Math.round((events / ingestMs) * 1_000),
      limitEventsPerSecond: Math.round((events / limit.milliseconds) * 1_000),
      share: Math.round((limit.milliseconds / ingestMs) * 100) / 100,
    };
  } finally {
    clusters.stop();
  }
}

async function check(knex: Knex, moves: number): Promise<void> {
  const [{ count }] = await knex('migrations')
    .where({ outcome: 'succeeded' })
    .count({ count: '*' });
  if (Number(count) !== moves) {
    throw new Error(`${count} of ${moves} moves are recorded as succeeded`);
  }
}

async function measureLimit(
  database: BenchDatabase,
  capture: UpsertCapture,
): Promise<{ rows: number; milliseconds: number }> {
  const knex = await database.open();
  try {
    await openDatabase({ getClient: async () => knex });
    return await capture.replay(knex);
  } finally {
    await knex.destroy();
  }
}
