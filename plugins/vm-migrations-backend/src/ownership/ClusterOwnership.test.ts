import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { describeEachDatabase } from '../__testUtils__/databases';
import { eventually } from '../__testUtils__/eventually';
import { ManualClock } from '../__testUtils__/ManualClock';
import { ClusterOwnership } from './ClusterOwnership';

const CLUSTERS = ['alpha', 'beta', 'gamma', 'delta'];
const ROUND_MS = 2_500;

/** One replica, and what it watches. */
class Replica {
  readonly clock = new ManualClock();
  readonly watched = new Map<string, number>();
  readonly ownership: ClusterOwnership;
  failure: Error | undefined;

  constructor(knex: Knex, replicaId: string, exclusive = false) {
    this.ownership = new ClusterOwnership({
      knex,
      replicaId,
      clusters: CLUSTERS,
      exclusive,
      clock: this.clock,
      logger: mockServices.logger.mock(),
      acquired: async (cluster, fence, signal) => {
        if (this.failure) {
          throw this.failure;
        }
        this.watched.set(cluster, fence);
        await new Promise<void>(resolve =>
          signal.addEventListener('abort', () => resolve()),
        );
        this.watched.delete(cluster);
      },
    });
  }

  clusters(): string[] {
    return [...this.watched.keys()].sort();
  }
}

describeEachDatabase('ClusterOwnership', (createDatabase, id) => {
  let knex: Knex;
  let first: Replica;
  let second: Replica;

  beforeEach(async () => {
    knex = await createDatabase();
    first = new Replica(knex, 'first');
    second = new Replica(knex, 'second');
  });

  afterEach(async () => {
    await first.ownership.stop();
    await second.ownership.stop();
  });

  /** As if nobody had given a sign of life for so long, by the database's clock. */
  async function passTime(replica: string, ms: number) {
    await knex('leases')
      .where('holder', replica)
      .update({ expires_at: knex.raw('expires_at - ?', [ms]) });
    await knex('replicas')
      .where('id', replica)
      .update({ expires_at: knex.raw('expires_at - ?', [ms]) });
  }

  it('gives all clusters to the only replica', async () => {
    await first.ownership.start();

    expect(first.clusters()).toEqual([...CLUSTERS].sort());
  });

  it('hands all clusters back at once when it stops', async () => {
    await first.ownership.start();
    const fences = new Map(first.watched);
    await first.ownership.stop();
    await second.ownership.start();

    expect(first.clusters()).toEqual([]);
    expect(second.clusters()).toEqual([...CLUSTERS].sort());
    for (const [cluster, fence] of second.watched) {
      expect(fence).toBeGreaterThan(fences.get(cluster) ?? Infinity);
    }
  });

  it('takes everything at once when no other process uses the database', async () => {
    await first.ownership.start();
    const fences = new Map(first.watched);
    const restarted = new Replica(knex, 'restarted', true);
    await restarted.ownership.start();

    expect(restarted.clusters()).toEqual([...CLUSTERS].sort());
    for (const [cluster, fence] of restarted.watched) {
      expect(fence).toBeGreaterThan(fences.get(cluster) ?? 0);
    }
    await restarted.ownership.stop();
  });

  it('shares the clusters fairly with a replica that joins', async () => {
    await first.ownership.start();
    await second.ownership.start();
    expect(second.clusters()).toEqual([]);

    first.clock.advance(ROUND_MS);
    await eventually(() => expect(first.clusters()).toHaveLength(2));
    await eventually(async () =>
      expect(await knex('leases').where('holder', '')).toHaveLength(2),
    );
    second.clock.advance(ROUND_MS);
    await eventually(() => expect(second.clusters()).toHaveLength(2));

    expect([...first.clusters(), ...second.clusters()].sort()).toEqual(
      [...CLUSTERS].sort(),
    );
  });

  it('takes over the clusters of a replica that gives no sign of life within 15 s', async () => {
    await first.ownership.start();
    await second.ownership.start();
    await passTime('first', 15_000 - ROUND_MS);
    second.clock.advance(ROUND_MS);

    await eventually(() =>
      expect(second.clusters()).toEqual([...CLUSTERS].sort()),
    );
  });

  it('stops watching what was taken over while it was paused', async () => {
    await first.ownership.start();
    await second.ownership.start();
    await passTime('first', 15_000);
    second.clock.advance(ROUND_MS);
    await eventually(() => expect(second.clusters()).toHaveLength(4));
    const taken = new Map(second.watched);

    first.clock.advance(ROUND_MS);
    await eventually(() => expect(first.clusters()).toEqual([]));

    expect(second.watched).toEqual(taken);
  });

  it('keeps an expired lease that nobody took', async () => {
    await first.ownership.start();
    const fences = new Map(first.watched);
    await passTime('first', 60_000);
    first.clock.advance(ROUND_MS);
    await eventually(async () =>
      expect(
        await knex('leases').where('expires_at', '>', Date.now()),
      ).toHaveLength(4),
    );

    expect(first.watched).toEqual(fences);
  });

  it('takes a cluster again after watching it has failed', async () => {
    first.failure = new Error('no positions');
    await first.ownership.start();
    await eventually(async () =>
      expect(await knex('leases').where('holder', '')).toHaveLength(4),
    );
    first.failure = undefined;
    first.clock.advance(ROUND_MS);

    await eventually(() =>
      expect(first.clusters()).toEqual([...CLUSTERS].sort()),
    );
  });

  if (id === 'POSTGRES_18') {
    it('gives each cluster to one replica when all claim at once', async () => {
      const replicas = Array.from(
        { length: 4 },
        (_, index) => new Replica(knex, `replica-${index}`),
      );
      await Promise.all(replicas.map(({ ownership }) => ownership.start()));
      const taken = replicas.flatMap(replica => replica.clusters());
      await Promise.all(replicas.map(({ ownership }) => ownership.stop()));

      expect(new Set(taken).size).toBe(taken.length);
    });
  }
});
