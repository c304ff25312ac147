import fc from 'fast-check';
import type { Knex } from 'knex';
import type { Migration } from 'backstage-plugin-vm-migrations-common';
import { describeEachDatabase } from '../__testUtils__/databases';
import { localHistories, pairHistories } from '../__testUtils__/history';
import {
  batchOf,
  instanceObservation,
  migrationObservation,
  timeAt,
} from '../__testUtils__/observations';
import { recordsWithInstances } from '../__testUtils__/recordsWithInstances';
import { observeAll } from '../__testUtils__/TrackingModel';
import { MIGRATIONS } from '../kubevirt/resources';
import type { Observation } from '../kubevirt/types';
import type { DerivedMigration } from '../tracking';
import { DatabaseMigrationReader } from './DatabaseMigrationReader';
import { MigrationWriter } from './MigrationWriter';

const vmUid = 'machine-1';

const instanceAt = (node: string, version: number, deleted = false) =>
  instanceObservation({
    version,
    deleted,
    instance: {
      instanceUid: 'instance-1',
      vmUid,
      node,
      ipAddresses: [],
      labels: {},
    },
  });

const migrationIn = (phase: string | undefined, version: number) =>
  migrationObservation({ uid: 'm1', version, facts: { phase } });

describeEachDatabase('Facts of instances', createDatabase => {
  let knex: Knex;
  let writer: MigrationWriter;
  let reader: DatabaseMigrationReader;

  beforeEach(async () => {
    knex = await createDatabase();
    writer = new MigrationWriter(knex);
    reader = new DatabaseMigrationReader(knex);
  });

  const observe = (...observations: Observation[]) =>
    writer.apply(batchOf({ observations }));

  const sourceNode = async () => (await reader.getMigration('m1'))?.source.node;

  const awaited = async () => {
    const rows = await knex('legs').select('awaited_instance');
    return rows.map(row => row.awaited_instance);
  };

  it('name the source of a migration that is seen later', async () => {
    await observe(instanceAt('node-1', 1));
    await observe(migrationIn('Pending', 5));

    expect(await reader.getMigration('m1')).toMatchObject({
      source: { node: 'node-1' },
      vm: { uid: vmUid },
    });
  });

  it('name the source of a migration that was seen before', async () => {
    await observe(migrationIn('Pending', 5));
    await observe(instanceAt('node-1', 6));

    expect(await sourceNode()).toBe('node-1');
  });

  it('follow the instance while the migration waits', async () => {
    await observe(instanceAt('node-1', 1), migrationIn('Pending', 5));
    await observe(instanceAt('node-2', 6));

    expect(await sourceNode()).toBe('node-2');
  });

  it('name the source of a migration that passed within one batch', async () => {
    const facts = { phase: 'Failed', cancelRequested: true };
    await observe(
      instanceAt('node-1', 1),
      instanceAt('node-2', 9),
      migrationObservation({ uid: 'm1', version: 2 }),
      migrationObservation({ uid: 'm1', version: 3, facts }),
      migrationObservation({ uid: 'm1', version: 4, facts, deleted: true }),
    );

    expect(await reader.getMigration('m1')).toMatchObject({
      outcome: 'cancelled',
      source: { node: 'node-1' },
    });
  });

  it('name the source by where the instance was, when it is elsewhere by now', async () => {
    await observe(instanceAt('node-1', 1));
    await observe(instanceAt('node-2', 8));
    await observe(instanceAt('node-1', 20));
    await observe(migrationIn('Pending', 9), migrationIn('Failed', 12));

    expect(await sourceNode()).toBe('node-2');
  });

  it('name the source when the instance is gone by now', async () => {
    await observe(instanceAt('node-1', 1));
    await observe(instanceAt('node-1', 8, true));
    await observe(migrationIn('Pending', 5), migrationIn('Failed', 9));

    expect(await reader.getMigration('m1')).toMatchObject({
      source: { node: 'node-1' },
      vm: { uid: vmUid },
    });
  });

  it('name the source by the instance at its end when the end is told late', async () => {
    await observe(instanceAt('node-1', 1), migrationIn('Pending', 5));
    await observe(instanceAt('node-2', 9));
    await observe(migrationIn('Failed', 6));

    expect(await sourceNode()).toBe('node-1');
  });

  it('name the source by the instance at its last sight when it vanished', async () => {
    await observe(instanceAt('node-1', 1), migrationIn(undefined, 5));
    await observe(instanceAt('node-2', 9));
    await writer.apply(
      batchOf({
        completions: [
          {
            cluster: 'alpha',
            resource: MIGRATIONS.plural,
            present: new Set(),
            version: 10,
            observedAt: timeAt(10),
          },
        ],
      }),
    );

    expect(await reader.getMigration('m1')).toMatchObject({
      outcome: 'unknown',
      source: { node: 'node-1' },
    });
  });

  it('name the source of a migration that ended before they were heard of', async () => {
    await observe(migrationIn('Pending', 5), migrationIn('Failed', 6));
    await observe(instanceAt('node-1', 1));
    await observe(instanceAt('node-2', 4));
    expect(await sourceNode()).toBe('node-2');

    await observe(instanceAt('node-3', 7));
    expect(await sourceNode()).toBe('node-2');
  });

  it('name nothing by what they say after its end', async () => {
    await observe(migrationIn('Failed', 3));
    await observe(instanceAt('node-2', 4));

    expect(await sourceNode()).toBeUndefined();
  });

  it('of another cluster or namespace name nothing', async () => {
    await observe(migrationIn('Pending', 5));
    await observe(
      instanceObservation({ cluster: 'beta' }),
      instanceObservation({ namespace: 'other' }),
    );

    expect(await sourceNode()).toBeUndefined();
  });

  it('of a cluster built anew do not mix with those of the one before', async () => {
    await observe(instanceAt('node-1', 5_000));
    await observe(
      instanceObservation({
        version: 50,
        instance: {
          instanceUid: 'instance-2',
          node: 'node-2',
          ipAddresses: [],
          labels: {},
        },
      }),
    );
    await observe(migrationIn('Pending', 6_000));

    expect(await sourceNode()).toBe('node-2');
  });

  it('do not change the source once the VM is handed over', async () => {
    await observe(
      migrationObservation({
        uid: 'm1',
        facts: { phase: 'Running', sourceNode: 'node-1' },
      }),
      instanceAt('node-2', 1),
    );

    expect(await sourceNode()).toBe('node-1');
  });

  it('about a migration are kept until the migration is seen', async () => {
    await observe(
      instanceObservation({
        migration: {
          uid: 'm1',
          facts: { sourceNode: 'node-1', targetNode: 'node-2' },
        },
      }),
    );
    expect(await reader.getMigration('m1')).toBeUndefined();
    await observe(migrationIn('Pending', 5));

    expect(await reader.getMigration('m1')).toMatchObject({
      source: { node: 'node-1' },
      target: { node: 'node-2' },
    });
  });

  it('are awaited until the migration is handed over', async () => {
    await observe(migrationIn('Pending', 5));
    expect(await awaited()).toEqual(['alpha/shop/web']);

    await observe(
      instanceObservation({
        version: 6,
        migration: { uid: 'm1', facts: { sourceNode: 'node-1' } },
      }),
    );
    expect(await awaited()).toEqual([null]);
  });

  it('are awaited until they are of a later time than its end', async () => {
    await observe(migrationIn('Pending', 5), migrationIn('Failed', 7));
    await observe(instanceAt('node-1', 6));
    expect(await awaited()).toEqual(['alpha/shop/web']);

    await observe(instanceAt('node-1', 8));
    expect(await awaited()).toEqual([null]);
  });
});

/** The observations of each watch, in the order in which it brings them. */
function watchesOf(observations: Observation[]): Observation[][] {
  const watches = new Map<string, Observation[]>();
  for (const observation of observations) {
    const key = `${observation.cluster} ${observation.kind}`;
    watches.set(key, [...(watches.get(key) ?? []), observation]);
  }
  return [...watches.values()];
}

/** What a watch brings when it starts again from an older position now and then. */
function resumed(
  observations: Observation[],
  resumptions: { after: number; back: number }[],
): Observation[] {
  return resumptions.reduce((told, { after, back }) => {
    const at = after % (told.length + 1);
    return told.toSpliced(at, 0, ...told.slice(Math.max(0, at - back), at));
  }, observations);
}

/** Takes from the watches in turns of these sizes; one turn is one batch. */
function batchesOf(
  watches: Observation[][],
  turns: { watch: number; size: number; together: boolean }[],
): Observation[][] {
  const left = watches.map(watch => [...watch]);
  const batches: Observation[][] = [[]];
  for (let turn = 0; left.some(({ length }) => length > 0); turn++) {
    const { watch, size, together } = turns[turn % turns.length];
    // Shifted with each round, so that every watch has its turn.
    const round = Math.floor(turn / turns.length);
    const taken = left[(watch + round) % left.length].splice(0, size);
    if (together) {
      batches.at(-1)?.push(...taken);
    } else {
      batches.push(taken);
    }
  }
  return batches;
}

/** A record as text, without what the order of arrival decides or only the store adds. */
function comparable(record: Migration | DerivedMigration): string {
  return JSON.stringify({
    ...JSON.parse(JSON.stringify(record)),
    id: undefined,
    updatedAt: undefined,
    revision: undefined,
  });
}

const resumptions = fc.array(
  fc.record({
    after: fc.nat({ max: 40 }),
    back: fc.integer({ min: 1, max: 12 }),
  }),
  { maxLength: 2 },
);

const turns = fc.array(
  fc.record({
    watch: fc.nat({ max: 3 }),
    size: fc.integer({ min: 1, max: 12 }),
    together: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);

describeEachDatabase('Moves that arrive by several watches', (create, id) => {
  it.each([
    ['within one cluster', localHistories({ others: true })],
    ['between clusters or namespaces', pairHistories()],
  ])(
    'are the same in whatever batches: %s',
    async (_, histories) => {
      await fc.assert(
        fc.asyncProperty(
          histories,
          fc.array(resumptions, { minLength: 4, maxLength: 4 }),
          turns,
          async ({ events }, resumptionsOfEach, taken) => {
            const observations = observeAll(events);
            const watches = watchesOf(observations).map((watch, index) =>
              resumed(watch, resumptionsOfEach[index]),
            );
            const knex = await create();
            const writer = new MigrationWriter(knex);
            for (const batch of batchesOf(watches, taken)) {
              await writer.apply(batchOf({ observations: batch }));
            }
            const { items } = await new DatabaseMigrationReader(
              knex,
            ).listMigrations({
              order: { field: 'created', direction: 'asc' },
              limit: 100,
            });
            expect(items.map(comparable).sort()).toEqual(
              recordsWithInstances(observations).map(comparable).sort(),
            );
            await knex.destroy();
          },
        ),
        { numRuns: id === 'SQLITE_3' ? 100 : 3 },
      );
    },
    120_000,
  );
});
