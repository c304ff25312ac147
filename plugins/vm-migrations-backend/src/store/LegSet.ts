import type { Knex } from 'knex';
import type { Leg } from '../tracking';
import { selectIn, upsert } from './chunks';
import type { LegRow } from './rows';
import {
  legKey,
  legRowOf,
  migrationKeyOf,
  storedLegOf,
  type StoredLeg,
} from './StoredLeg';

/**
 * The legs that one transaction works on: read in few statements, changed in memory, written
 * back in few statements. Legs are values; a changed one is put in its place.
 */
export class LegSet {
  readonly #trx: Knex.Transaction;
  readonly #legs = new Map<string, StoredLeg>();
  /** As they stand in the database. */
  readonly #stored = new Map<string, { row: LegRow; stored: StoredLeg }>();
  readonly #uids = new Set<string>();
  readonly #loadedUids = new Set<string>();
  readonly #touched = new Set<string>();

  constructor(trx: Knex.Transaction) {
    this.#trx = trx;
  }

  /** Reads the legs of these uids, whatever their cluster. */
  async load(uids: Iterable<string>): Promise<void> {
    const missing = [...uids].filter(uid => !this.#loadedUids.has(uid));
    for (const uid of missing) {
      this.#loadedUids.add(uid);
    }
    this.add(
      await selectIn(missing, chunk =>
        this.#trx<LegRow>('legs').select('*').whereIn('uid', chunk),
      ),
    );
  }

  /** Takes in rows that were read otherwise; what is known already stays. */
  add(rows: LegRow[]): void {
    for (const row of rows) {
      const key = legKey(row);
      if (!this.#stored.has(key)) {
        const stored = storedLegOf(row);
        this.#stored.set(key, { row, stored });
        this.#put(key, stored);
      }
    }
  }

  /** By {@link legKey}. */
  get(key: string): StoredLeg | undefined {
    return this.#legs.get(key);
  }

  values(): Iterable<StoredLeg> {
    return this.#legs.values();
  }

  /** A new state of a leg. Its uid must have been loaded. */
  update(leg: Leg): void {
    const key = legKey(leg);
    const known = this.#legs.get(key);
    this.#touched.add(key);
    this.#put(
      key,
      known
        ? { ...known, leg }
        : {
            leg,
            ownId: this.#ownIdOf(leg),
            active: false,
            awaitsInstance: false,
          },
    );
  }

  /** To which record a leg belongs, and whether that is under way. */
  assign(
    stored: StoredLeg,
    migrationId: string | undefined,
    active: boolean,
  ): void {
    if (stored.migrationId !== migrationId || stored.active !== active) {
      this.#put(legKey(stored.leg), { ...stored, migrationId, active });
    }
  }

  /** Whether what its instance tells is still wanted. The leg must be known. */
  await(leg: Leg, awaitsInstance: boolean): void {
    const key = legKey(leg);
    const known = this.#legs.get(key);
    if (known && known.awaitsInstance !== awaitsInstance) {
      this.#put(key, { ...known, awaitsInstance });
    }
  }

  /** Has what these legs belong to derived again although nothing new is known of them. */
  touch(keys: Iterable<string>): void {
    for (const key of keys) {
      this.#touched.add(key);
    }
  }

  /**
   * The touched legs with all others that share a migrationID with them, in sets that do not
   * touch each other.
   */
  async relatives(): Promise<StoredLeg[][]> {
    const alone: StoredLeg[][] = [];
    const keys = new Set<string>();
    for (const touched of this.#touched) {
      const stored = this.#legs.get(touched);
      const key = stored && migrationKeyOf(stored.leg);
      if (key) {
        keys.add(key);
      } else if (stored) {
        alone.push([stored]);
      }
    }
    this.add(
      await selectIn(keys, chunk =>
        this.#trx<LegRow>('legs').select('*').whereIn('migration_key', chunk),
      ),
    );
    const byKey = new Map([...keys].map(key => [key, [] as StoredLeg[]]));
    for (const stored of this.#legs.values()) {
      byKey.get(migrationKeyOf(stored.leg) ?? '')?.push(stored);
    }
    return [...alone, ...byKey.values()];
  }

  /** Writes what is different from what was read. */
  async save(): Promise<void> {
    const rows: LegRow[] = [];
    for (const [key, stored] of this.#legs) {
      const before = this.#stored.get(key);
      if (before?.stored !== stored) {
        const row = legRowOf(stored);
        if (!before || !isSameRow(before.row, row)) {
          rows.push(row);
        }
      }
    }
    await upsert({
      trx: this.#trx,
      table: 'legs',
      key: ['uid', 'cluster'],
      rows,
    });
  }

  #put(key: string, stored: StoredLeg): void {
    this.#uids.add(stored.leg.uid);
    this.#legs.set(key, stored);
  }

  #ownIdOf({ cluster, uid }: Leg): string {
    return this.#uids.has(uid) ? `${uid}@${cluster}` : uid;
  }
}

function isSameRow(a: LegRow, b: LegRow): boolean {
  return (
    a.data === b.data &&
    a.migration_id === b.migration_id &&
    a.active === b.active &&
    a.awaited_instance === b.awaited_instance
  );
}
