import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { describeEachDatabase } from '../__testUtils__/databases';
import {
  batchOf,
  migrationObservation,
  timeAt,
} from '../__testUtils__/observations';
import { DatabaseMigrationReader } from './DatabaseMigrationReader';
import { MigrationWriter } from './MigrationWriter';
import { rederiveMigrations } from './rederiveMigrations';

const COUNT = 450;

describeEachDatabase('rederiveMigrations', createDatabase => {
  let knex: Knex;
  let reader: DatabaseMigrationReader;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    jest.clearAllMocks();
    knex = await createDatabase();
    reader = new DatabaseMigrationReader(knex);
    await new MigrationWriter(knex).apply(
      batchOf({
        observations: Array.from({ length: COUNT }, (_, index) =>
          migrationObservation({
            uid: `m${index}`,
            facts: { phase: 'Running', vmiName: `vm-${index}` },
          }),
        ),
      }),
    );
  });

  const rederive = (signal = new AbortController().signal) =>
    rederiveMigrations({
      knex,
      logger,
      signal,
      now: () => Date.parse(timeAt(1_000)),
    });

  async function pretendOlderRules() {
    await knex('migrations').update({ derivation_version: 0 });
    const row = await knex('migrations').where('id', 'm7').first();
    await knex('migrations')
      .where('id', 'm7')
      .update({
        phase: 'Odd',
        data: JSON.stringify({ ...JSON.parse(row.data), phase: 'Odd' }),
      });
  }

  it('corrects what older rules had derived, and leaves the rest in its place', async () => {
    const before = await reader.getMigration('m8');
    await pretendOlderRules();
    await rederive();

    expect(await reader.getMigration('m7')).toMatchObject({
      phase: 'Running',
      updatedAt: timeAt(1_000),
    });
    expect(await reader.getMigration('m8')).toEqual(before);
    expect(
      await knex('migrations').where('derivation_version', 0),
    ).toHaveLength(0);
    expect(logger.info).toHaveBeenCalledWith(
      `Derived ${COUNT} migrations again by newer rules`,
    );
  });

  it('does nothing when the rules are the same', async () => {
    await rederive();

    expect(logger.info).not.toHaveBeenCalled();
  });

  it('ends when it is told to', async () => {
    await pretendOlderRules();
    await rederive(AbortSignal.abort());

    expect(await reader.getMigration('m7')).toMatchObject({ phase: 'Odd' });
  });
});
