import type { Knex } from 'knex';
import { describeEachDatabase } from '../__testUtils__/databases';
import {
  batchOf,
  instanceObservation,
  machineObservation,
  migrationObservation,
  timeAt,
} from '../__testUtils__/observations';
import type { LegFacts, Observation } from '../kubevirt/types';
import { DatabaseMigrationReader } from './DatabaseMigrationReader';
import { MigrationWriter } from './MigrationWriter';

const ALL = { migrations: undefined, virtualMachines: undefined } as const;

describeEachDatabase('MigrationWriter', createDatabase => {
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

  /** Statements that one call needs, by their first word and table. */
  async function statementsOf(action: () => Promise<unknown>) {
    const statements: string[] = [];
    const listener = ({ sql }: { sql: string }) => statements.push(sql);
    knex.on('query', listener);
    await action();
    knex.removeListener('query', listener);
    return statements;
  }

  it('makes a record of a migration and keeps it up to date', async () => {
    const first = await observe(migrationObservation({ uid: 'm1' }));
    const second = await observe(
      migrationObservation({
        uid: 'm1',
        version: 2,
        facts: { phase: 'Running', targetNode: 'node-2' },
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
    const observations = [
      migrationObservation({ uid: 'm1', facts: { phase: 'Pending' } }),
      instanceObservation(),
      machineObservation(),
    ];
    const first = await observe(...observations);
    const before = await reader.getMigration('m1');
    const second = await observe(...observations);

    expect(first.changed).toBe(true);
    expect(second.changed).toBe(false);
    expect(await reader.getMigration('m1')).toEqual(before);
  });

  it('writes many observations in as many statements as a few', async () => {
    const observations = (count: number) =>
      Array.from({ length: count }, (_, index) => [
        migrationObservation({
          uid: `m${index}`,
          version: 1,
          facts: { phase: 'Pending', vmiName: `vm-${index}` },
        }),
        migrationObservation({
          uid: `m${index}`,
          version: 2,
          facts: { phase: 'Running', vmiName: `vm-${index}` },
        }),
        instanceObservation({ name: `vm-${index}` }),
        machineObservation({ name: `vm-${index}` }),
      ]).flat();
    const few = await statementsOf(() => observe(...observations(2)));
    const many = await statementsOf(() => observe(...observations(100)));

    expect(many).toHaveLength(few.length);
    expect(await knex('legs')).toHaveLength(100);
  });

  it('writes more rows than one statement takes', async () => {
    await observe(
      ...Array.from({ length: 1_200 }, (_, index) =>
        migrationObservation({
          uid: `m${index}`,
          facts: { vmiName: `vm-${index}` },
        }),
      ),
      ...Array.from({ length: 1_200 }, (_, index) =>
        instanceObservation({ name: `vm-${index}` }),
      ),
    );

    expect(
      (await reader.getStatus({ visible: ALL, now: timeAt(0) })).migrations,
    ).toMatchObject({ total: 1_200, active: 1_200 });
    expect(await reader.getMigration('m1199')).toMatchObject({
      source: { node: 'node-1' },
    });
  });

  describe('pairs', () => {
    const source = (uid: string, version = 1, facts: LegFacts = {}) =>
      migrationObservation({
        uid,
        version,
        facts: { role: 'source', migrationID: 'move', ...facts },
      });
    const target = (uid: string, version = 1, facts: LegFacts = {}) =>
      migrationObservation({
        uid,
        version,
        cluster: 'beta',
        facts: { role: 'target', migrationID: 'move', ...facts },
      });

    /** What a half says once the VM is handed over names its other half for certain. */
    const handedOver = (partner: string): LegFacts => ({
      phase: 'Running',
      sourceMigrationUid: partner,
      targetMigrationUid: partner,
    });

    it('become one record, called after the half that was seen first', async () => {
      await observe(target('t1'));
      await observe(source('s1'));

      const record = await reader.getMigration('s1');
      expect(record).toMatchObject({
        id: 't1',
        kind: 'cross-cluster',
        source: { cluster: 'alpha' },
        target: { cluster: 'beta' },
      });
      expect(record?.legs.map(leg => leg.uid)).toEqual(['s1', 't1']);
      expect(await reader.getMigration('t1')).toEqual(record);
      expect(await knex('migrations')).toHaveLength(1);
    });

    it('keep the order of arrival within a batch', async () => {
      await observe(source('z'), target('a'));

      expect(await reader.getMigration('a')).toMatchObject({ id: 'z' });
    });

    it('do not rename a record when an instance had named the other half before', async () => {
      await observe(
        instanceObservation({
          cluster: 'beta',
          migration: { uid: 't1', facts: { mode: 'PreCopy' } },
        }),
      );
      await observe(source('s1'));
      await observe(target('t1', 5));

      expect(await reader.getMigration('t1')).toMatchObject({ id: 's1' });
    });

    it('that were two records leave the younger id as an alias, told in the feed', async () => {
      await observe(source('s1', 1, handedOver('other')));
      await observe(target('t1'));
      expect(await knex('migrations')).toHaveLength(2);
      const { position } = await reader.listChanges({
        limit: 10,
        visible: { ...ALL, clusters: true },
      });

      await observe(source('s1', 2, handedOver('t1')));

      expect(await reader.getMigration('t1')).toMatchObject({ id: 's1' });
      expect(await knex('migrations')).toHaveLength(1);
      const { changes } = await reader.listChanges({
        since: position,
        limit: 10,
        visible: { ...ALL, clusters: true },
      });
      expect(changes).toEqual([
        { type: 'migration', migration: expect.objectContaining({ id: 's1' }) },
        { type: 'migration-merged', id: 't1', into: 's1' },
      ]);
    });

    it('that turn out to be two moves get their own ids back', async () => {
      await observe(source('s1'));
      await observe(target('t1'));
      expect(await knex('migrations')).toHaveLength(1);

      await observe(target('t1', 2, handedOver('other')));

      expect(await reader.getMigration('s1')).toMatchObject({ id: 's1' });
      expect(await reader.getMigration('t1')).toMatchObject({
        id: 't1',
        target: { cluster: 'beta' },
      });
      expect(await knex('migration_merges')).toHaveLength(0);
    });

    it('give the id back also after two records had been merged', async () => {
      await observe(source('s1'), target('t1', 1, handedOver('other')));
      await observe(target('t1', 2, handedOver('s1')));
      expect(await knex('migration_merges')).toHaveLength(1);
      await observe(target('t1', 3, handedOver('other')));

      expect(await reader.getMigration('t1')).toMatchObject({ id: 't1' });
      expect(await knex('migration_merges')).toHaveLength(0);
    });

    it('with a migrationID that no index could hold are joined all the same', async () => {
      const migrationID = 'x'.repeat(10_000);
      const facts = { migrationID };
      await observe(
        migrationObservation({
          uid: 's1',
          facts: { role: 'source', ...facts },
        }),
        target('t1', 1, facts),
      );

      expect(await reader.getMigration('t1')).toMatchObject({
        id: 's1',
        migrationID,
      });
    });
  });

  it('keeps migrations of one uid in two clusters apart', async () => {
    await observe(migrationObservation({ uid: 'm1' }));
    await observe(
      migrationObservation({ uid: 'm1', cluster: 'copy-of-alpha' }),
    );
    await observe(
      migrationObservation({
        uid: 'm1',
        cluster: 'copy-of-alpha',
        version: 2,
        facts: { phase: 'Failed' },
      }),
    );

    expect(await reader.getMigration('m1')).toMatchObject({
      outcome: 'active',
      source: { cluster: 'alpha' },
    });
    expect(await reader.getMigration('m1@copy-of-alpha')).toMatchObject({
      id: 'm1@copy-of-alpha',
      outcome: 'failed',
      source: { cluster: 'copy-of-alpha' },
    });
  });

  it('survives text that a database cannot store or index', async () => {
    await observe(
      migrationObservation({
        uid: 'm1',
        facts: {
          phase: `Odd\u0000${'x'.repeat(5_000)}`,
          failureReason: 'broken \u0000 text',
          failed: true,
        },
      }),
    );

    expect((await reader.getMigration('m1'))?.phase).toHaveLength(5_004);
  });

  it('writes nothing of a cluster that this replica has lost, and all else', async () => {
    await knex('leases').insert([
      { cluster: 'alpha', holder: 'other', expires_at: 0, fencing: 8 },
      { cluster: 'beta', holder: 'this', expires_at: 0, fencing: 3 },
    ]);
    const position = {
      resource: 'r',
      resourceVersion: '9',
      observedAt: timeAt(0),
    };
    const result = await writer.apply(
      batchOf({
        observations: [
          migrationObservation({ uid: 'm1', cluster: 'alpha' }),
          migrationObservation({ uid: 'm2', cluster: 'beta' }),
        ],
        positions: [
          { cluster: 'alpha', ...position },
          { cluster: 'beta', ...position },
        ],
        fences: new Map([
          ['alpha', 7],
          ['beta', 3],
        ]),
      }),
    );

    expect(result.lostClusters).toEqual(['alpha']);
    expect(await reader.getMigration('m1')).toBeUndefined();
    expect(await reader.getMigration('m2')).toBeDefined();
    expect(await writer.getPositions('alpha')).toEqual([]);
    expect(await writer.getPositions('beta')).toEqual([
      { cluster: 'beta', ...position },
    ]);
  });

  it('leaves everything as it was when a batch cannot be written', async () => {
    await observe(migrationObservation({ uid: 'm1' }));
    await knex.schema.dropTable('watch_positions');
    const failed = writer.apply(
      batchOf({
        observations: [migrationObservation({ uid: 'm2' })],
        positions: [
          {
            cluster: 'alpha',
            resource: 'r',
            resourceVersion: '9',
            observedAt: timeAt(0),
          },
        ],
      }),
    );

    await expect(failed).rejects.toThrow('watch_positions');
    expect(await reader.getMigration('m2')).toBeUndefined();
  });
});
