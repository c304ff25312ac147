import fc from 'fast-check';
import type { Migration } from 'backstage-plugin-vm-migrations-common';
import { describeEachDatabase } from '../__testUtils__/databases';
import { batchOf } from '../__testUtils__/observations';
import { EXPECTED, loadSequence } from '../__testUtils__/sequences';
import {
  observationsOf,
  observeAll,
  recordsOf,
} from '../__testUtils__/TrackingModel';
import type { Observation } from '../kubevirt/types';
import type { DerivedMigration } from '../tracking';
import { DatabaseMigrationReader } from './DatabaseMigrationReader';
import { MigrationWriter } from './MigrationWriter';

/*
 * The store must not add a rule of its own: whatever batches observations come in, what is
 * stored in the end is what the pure functions make of all of them at once.
 */

/** Without what the store adds from other sources: instances, sites, the feed. */
function comparable(migration: Migration | DerivedMigration) {
  const { id, vm, source, target, ...rest } = migration;
  return {
    ...rest,
    id,
    vm: { ...vm, uid: undefined },
    source: { ...source, node: undefined, datacenter: undefined },
    target: { ...target, datacenter: undefined },
    updatedAt: undefined,
    revision: undefined,
  };
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}

function cut(observations: Observation[], sizes: number[]): Observation[][] {
  const batches: Observation[][] = [];
  let start = 0;
  for (let index = 0; start < observations.length; index++) {
    const end = start + sizes[index % sizes.length];
    batches.push(observations.slice(start, end));
    start = end;
  }
  return batches;
}

describeEachDatabase('Stored sequences', (createDatabase, id) => {
  it.each(Object.keys(EXPECTED))(
    'are what the rules make of them: %s',
    async name => {
      const events = loadSequence(name);
      const expected = recordsOf(observationsOf(events)).sort(byId);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 12 }), {
            minLength: 1,
            maxLength: 4,
          }),
          async sizes => {
            const knex = await createDatabase();
            const writer = new MigrationWriter(knex);
            for (const observations of cut(observeAll(events), sizes)) {
              await writer.apply(batchOf({ observations }));
            }
            const { items } = await new DatabaseMigrationReader(
              knex,
            ).listMigrations({
              order: { field: 'created', direction: 'asc' },
              limit: 1_000,
            });
            expect(items.sort(byId).map(comparable)).toEqual(
              JSON.parse(JSON.stringify(expected)).map(comparable),
            );
            for (const item of items) {
              const known = expected.find(record => record.id === item.id);
              expect(item.source.node).toBe(
                known?.source.node ?? item.source.node,
              );
            }
            await knex.destroy();
          },
        ),
        { numRuns: id === 'SQLITE_3' ? 8 : 1 },
      );
    },
    60_000,
  );
});
