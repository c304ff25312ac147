import type { Knex } from 'knex';
import {
  batchOf,
  instanceObservation,
  machineObservation,
  migrationObservation,
  timeAt,
} from '../__testUtils__/observations';
import { describeEachDatabase } from '../__testUtils__/databases';
import { DatabaseMigrationReader } from './DatabaseMigrationReader';
import { MigrationWriter } from './MigrationWriter';

describeEachDatabase('MigrationWriter', createDatabase => {
  let knex: Knex;
  let writer: MigrationWriter;
  let reader: DatabaseMigrationReader;

  beforeEach(async () => {
    knex = await createDatabase();
    writer = new MigrationWriter(knex);
    reader = new DatabaseMigrationReader(knex);
  });

  it('makes a record of a migration and keeps it up to date', async () => {
    const first = await writer.apply(
      batchOf({ observations: [migrationObservation({ uid: 'm1' })] }),
    );
    const second = await writer.apply(
      batchOf({
        observations: [
          migrationObservation({
            uid: 'm1',
            version: 2,
            facts: { phase: 'Running', targetNode: 'node-2' },
          }),
        ],
      }),
    );

    expect(first.changed).toBe(true);
    expect(second.position).toBeGreaterThan(first.position);
    expect(await reader.getMigration('m1')).toMatchObject({
      id: 'm1',
      phase: 'Running',
      outcome: 'active',
      target: { cluster: 'alpha', node: 'node-2' },
      updatedAt: timeAt(2),
      revision: second.position,
    });
  });

  it('says that nothing changed when it did not', async () => {
    const batch = batchOf({
      observations: [
        migrationObservation({ uid: 'm1', facts: { phase: 'Pending' } }),
        instanceObservation(),
        machineObservation(),
      ],
    });
    const first = await writer.apply(batch);
    const before = await reader.getMigration('m1');
    const second = await writer.apply(batch);

    expect(first.changed).toBe(true);
    expect(second.changed).toBe(false);
    expect(await reader.getMigration('m1')).toEqual(before);
  });
});
