import type { Knex } from 'knex';
import { isSqlite } from '../store/dialect';

/** A cluster and the fencing counter under which it is held. */
export interface Lease {
  cluster: string;
  fence: number;
}

interface LeaseRow {
  cluster: string;
  holder: string;
  expires_at: number | string;
  fencing: number | string;
}

interface ReplicaRow {
  id: string;
  expires_at: number | string;
}

/**
 * The rows in which replicas agree on who watches what. All times are those of the database,
 * because the clocks of replicas differ.
 */
export class LeaseTable {
  readonly #knex: Knex;
  readonly #holder: string;
  readonly #durationMs: number;

  /** @param durationMs - how long a lease, or a replica, lives without a sign of life */
  constructor(options: { knex: Knex; holder: string; durationMs: number }) {
    this.#knex = options.knex;
    this.#holder = options.holder;
    this.#durationMs = options.durationMs;
  }

  /** Makes sure that these clusters can be held. */
  async register(clusters: string[]): Promise<void> {
    if (clusters.length > 0) {
      await this.#knex<LeaseRow>('leases')
        .insert(
          clusters.map(cluster => ({
            cluster,
            holder: '',
            expires_at: 0,
            fencing: 0,
          })),
        )
        .onConflict('cluster')
        .ignore();
    }
  }

  /** A sign of life of this replica. Returns how many there are, this one included. */
  async beat(): Promise<number> {
    const replicas = () => this.#knex<ReplicaRow>('replicas');
    await replicas()
      .insert({ id: this.#holder, expires_at: this.#now(this.#durationMs) })
      .onConflict('id')
      .merge();
    await replicas().delete().where('expires_at', '<', this.#now());
    const [row] = await replicas().count({ count: '*' });
    return Number(row.count);
  }

  /**
   * Prolongs all leases of this replica and returns them. One that has expired is prolonged
   * too as long as nobody else has taken it.
   */
  async renew(): Promise<Lease[]> {
    return leasesOf(
      await this.#knex<LeaseRow>('leases')
        .update({ expires_at: this.#now(this.#durationMs) })
        .where('holder', this.#holder)
        .returning(['cluster', 'fencing']),
    );
  }

  /** Takes up to `count` of the clusters that nobody holds. */
  async claim(clusters: string[], count: number): Promise<Lease[]> {
    const free = (builder: Knex.QueryBuilder<LeaseRow>) =>
      builder
        .whereIn('cluster', clusters)
        .where('expires_at', '<', this.#now());
    // Asked twice: the outer condition holds at the moment of writing, whatever another
    // replica has taken since the inner one was looked at.
    return leasesOf(
      await free(this.#knex<LeaseRow>('leases'))
        .update({
          holder: this.#holder,
          expires_at: this.#now(this.#durationMs),
          fencing: this.#knex.raw('fencing + 1'),
        })
        .whereIn(
          'cluster',
          free(this.#knex<LeaseRow>('leases'))
            .select('cluster')
            .orderBy('cluster')
            .limit(count),
        )
        .returning(['cluster', 'fencing']),
    );
  }

  /**
   * Frees what other processes hold. Only for a database that no two processes use at once:
   * there the others are gone, even if their leases are not over yet.
   */
  async evictOthers(): Promise<void> {
    await this.#knex<LeaseRow>('leases')
      .update({
        holder: '',
        expires_at: 0,
        fencing: this.#knex.raw('fencing + 1'),
      })
      .whereNot('holder', this.#holder);
    await this.#knex<ReplicaRow>('replicas')
      .delete()
      .whereNot('id', this.#holder);
  }

  /** Hands a cluster back at once. Nothing more can be written under its counter. */
  async release(cluster: string): Promise<void> {
    await this.#knex<LeaseRow>('leases')
      .update({
        holder: '',
        expires_at: 0,
        fencing: this.#knex.raw('fencing + 1'),
      })
      .where({ cluster, holder: this.#holder });
  }

  /** This replica takes part no more. */
  async leave(): Promise<void> {
    await this.#knex<ReplicaRow>('replicas').delete().where('id', this.#holder);
  }

  /** Milliseconds since 1970 by the database's clock, which also moves in a transaction. */
  #now(plusMs: number = 0): Knex.Raw {
    return this.#knex.raw(
      isSqlite(this.#knex)
        ? `cast(unixepoch('subsec') * 1000 as integer) + ?`
        : `cast(extract(epoch from clock_timestamp()) * 1000 as bigint) + ?`,
      [plusMs],
    );
  }
}

function leasesOf(rows: Pick<LeaseRow, 'cluster' | 'fencing'>[]): Lease[] {
  return rows.map(({ cluster, fencing }) => ({
    cluster,
    fence: Number(fencing),
  }));
}
