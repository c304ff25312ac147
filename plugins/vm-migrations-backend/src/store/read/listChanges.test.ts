import type { Knex } from 'knex';
import type { Change } from 'backstage-plugin-vm-migrations-common';
import { describeEachDatabase } from '../../__testUtils__/databases';
import {
  batchOf,
  instanceObservation,
  migrationObservation,
} from '../../__testUtils__/observations';
import type { LegFacts, Observation } from '../../kubevirt/types';
import { ClusterStore } from '../ClusterStore';
import { MigrationWriter } from '../MigrationWriter';
import { listChanges } from './listChanges';

const EVERYTHING = {
  migrations: undefined,
  virtualMachines: undefined,
  clusters: true,
};

function nameOf(change: Change): string {
  switch (change.type) {
    case 'migration':
      return change.migration.id;
    case 'migration-merged':
      return `${change.id} into ${change.into}`;
    case 'virtual-machine':
      return change.virtualMachine.name;
    case 'cluster':
      return change.cluster.name;
    default:
      return change satisfies never;
  }
}

describeEachDatabase('listChanges', createDatabase => {
  let knex: Knex;
  let start: string;

  const observe = (...observations: Observation[]) =>
    new MigrationWriter(knex).apply(batchOf({ observations }));

  async function changesSince(since: string, limit = 100) {
    const page = await listChanges(knex, {
      since,
      limit,
      visible: EVERYTHING,
    });
    return { ...page, names: page.changes.map(nameOf) };
  }

  beforeEach(async () => {
    knex = await createDatabase();
    await observe(
      migrationObservation({ uid: 'old', facts: { vmiName: 'other' } }),
    );
    start = (await listChanges(knex, { limit: 10, visible: EVERYTHING }))
      .position;
  });

  it('has nothing to tell before anything changed', async () => {
    expect(await changesSince(start)).toMatchObject({
      names: [],
      position: start,
      more: false,
      reset: false,
    });
  });

  it('tells all kinds of changes in the order in which they came', async () => {
    await observe(migrationObservation({ uid: 'm1' }));
    await new ClusterStore(knex).saveClusters([{ name: 'alpha' }], []);
    await observe(instanceObservation({ name: 'db' }));
    await observe(migrationObservation({ uid: 'm2' }));

    expect((await changesSince(start)).names).toEqual([
      'm1',
      'alpha',
      'db',
      'm2',
    ]);
  });

  it('tells what changed several times once, at its last place', async () => {
    await observe(migrationObservation({ uid: 'm1' }));
    await observe(migrationObservation({ uid: 'm2' }));
    await observe(
      migrationObservation({
        uid: 'm1',
        version: 2,
        facts: { phase: 'Running' },
      }),
    );
    const { changes, names } = await changesSince(start);

    expect(names).toEqual(['m2', 'm1']);
    expect(changes[1]).toMatchObject({ migration: { phase: 'Running' } });
  });

  it('comes in pages that go on from each other', async () => {
    await observe(
      ...Array.from({ length: 5 }, (_, index) =>
        migrationObservation({ uid: `m${index}` }),
      ),
      ...Array.from({ length: 4 }, (_, index) =>
        instanceObservation({ name: `vm-${index}` }),
      ),
    );
    const found: string[] = [];
    let page = await changesSince(start, 2);
    found.push(...page.names);
    while (page.more) {
      page = await changesSince(page.position, 2);
      expect(page.names.length).toBeGreaterThan(0);
      found.push(...page.names);
    }

    expect(found.sort()).toEqual([
      ...['m0', 'm1', 'm2', 'm3', 'm4'],
      ...['vm-0', 'vm-1', 'vm-2', 'vm-3'],
    ]);
    expect((await changesSince(page.position)).names).toEqual([]);
  });

  it('leaves out what the caller may not see, and goes on behind it', async () => {
    await observe(
      migrationObservation({ uid: 'm1', namespace: 'secret' }),
      migrationObservation({ uid: 'm2' }),
      instanceObservation(),
    );
    await new ClusterStore(knex).saveClusters([{ name: 'alpha' }], []);
    const page = await listChanges(knex, {
      since: start,
      limit: 10,
      visible: {
        migrations: { type: 'term', key: 'namespace', values: ['shop'] },
        virtualMachines: false,
        clusters: false,
      },
    });

    expect(page.changes.map(nameOf)).toEqual(['m2']);
    expect((await changesSince(page.position)).names).toEqual([]);
  });

  it('tells of merged ids only who may see where they went', async () => {
    const half = (uid: string, version: number, facts: LegFacts) =>
      migrationObservation({
        uid,
        version,
        namespace: 'secret',
        facts: { migrationID: 'move', phase: 'Running', ...facts },
      });
    const source = (version: number, targetMigrationUid: string) =>
      half('s', version, { role: 'source', targetMigrationUid });
    await observe(half('t', 1, { role: 'target', sourceMigrationUid: 's' }));
    await observe(source(1, 'other'));
    await observe(source(2, 't'));
    const seenBy = async (namespace: string) => {
      const page = await listChanges(knex, {
        since: start,
        limit: 10,
        visible: {
          ...EVERYTHING,
          migrations: { type: 'term', key: 'namespace', values: [namespace] },
        },
      });
      return page.changes.map(nameOf);
    };

    expect(await seenBy('secret')).toEqual(['t', 's into t']);
    expect(await seenBy('shop')).toEqual([]);
  });

  it('asks to start anew with a position of another database', async () => {
    const page = await changesSince('00000000-0000-4000-8000-000000000000.1');

    expect(page).toMatchObject({
      names: [],
      position: start,
      more: false,
      reset: true,
    });
  });

  it('asks to start anew with a position that is still to come', async () => {
    expect(await changesSince(`${start}9`)).toMatchObject({
      names: [],
      position: start,
      reset: true,
    });
  });

  it('refuses what is no position', async () => {
    await expect(changesSince('yesterday')).rejects.toThrow(
      "Parameter 'since'",
    );
  });
});
