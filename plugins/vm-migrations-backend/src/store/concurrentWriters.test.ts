import createKnex, { type Knex } from 'knex';
import { describeEachDatabase } from '../__testUtils__/databases';
import { batchOf, migrationObservation } from '../__testUtils__/observations';
import { DatabaseMigrationReader } from './DatabaseMigrationReader';
import { MigrationWriter } from './MigrationWriter';

const MOVES = 150;

/** What somebody knows who only follows the feed. */
class Follower {
  readonly #reader: DatabaseMigrationReader;
  readonly revisions = new Map<string, number>();
  #position: string;

  constructor(reader: DatabaseMigrationReader, position: string) {
    this.#reader = reader;
    this.#position = position;
  }

  async follow(): Promise<void> {
    let more = true;
    while (more) {
      const page = await this.#reader.listChanges({
        since: this.#position,
        limit: 20,
        visible: {
          migrations: undefined,
          virtualMachines: undefined,
          clusters: true,
        },
      });
      for (const change of page.changes) {
        if (change.type === 'migration') {
          this.revisions.set(change.migration.id, change.migration.revision);
        } else if (change.type === 'migration-merged') {
          this.revisions.delete(change.id);
        }
      }
      this.#position = page.position;
      more = page.more;
    }
  }
}

describeEachDatabase('Two writers', (createDatabase, id) => {
  let knex: Knex;
  let otherKnex: Knex;

  beforeEach(async () => {
    knex = await createDatabase();
    // Two replicas share a database only where it is a server.
    otherKnex =
      id === 'SQLITE_3'
        ? knex
        : createKnex({
            client: 'pg',
            connection: knex.client.config.connection,
          });
  });

  afterEach(async () => {
    await otherKnex.destroy();
  });

  it('make one record of two halves seen at once, and a feed without holes', async () => {
    const writers = [new MigrationWriter(knex), new MigrationWriter(otherKnex)];
    const reader = new DatabaseMigrationReader(knex);
    const { position } = await reader.listMigrations({
      order: { field: 'created', direction: 'asc' },
      limit: 1,
    });
    const follower = new Follower(reader, position);
    let writing = true;
    const following = (async () => {
      while (writing) {
        await follower.follow();
      }
    })();

    const halfOf = (move: number, half: number) =>
      batchOf({
        observations: [
          migrationObservation({
            uid: `${half}-${move}`,
            cluster: half === 0 ? 'alpha' : 'beta',
            facts: {
              role: half === 0 ? 'source' : 'target',
              migrationID: `move-${move}`,
            },
          }),
        ],
      });
    for (let move = 0; move < MOVES; move += 3) {
      await Promise.all(
        [0, 1, 2].flatMap(ahead =>
          writers.map((writer, half) =>
            writer.apply(halfOf(move + ahead, half)),
          ),
        ),
      );
    }
    writing = false;
    await following;
    await follower.follow();

    const { items } = await reader.listMigrations({
      order: { field: 'created', direction: 'asc' },
      limit: 1_000,
    });
    expect(items).toHaveLength(MOVES);
    for (const { legs } of items) {
      expect(legs).toHaveLength(2);
    }
    expect([...follower.revisions].sort()).toEqual(
      items.map(item => [item.id, item.revision]).sort(),
    );
  }, 60_000);
});
