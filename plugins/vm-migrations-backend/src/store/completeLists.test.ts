import type { Knex } from 'knex';
import { describeEachDatabase } from '../__testUtils__/databases';
import {
  batchOf,
  instanceObservation,
  machineObservation,
  migrationObservation,
  timeAt,
} from '../__testUtils__/observations';
import { INSTANCES, MIGRATIONS, VIRTUAL_MACHINES } from '../kubevirt/resources';
import type { Observation } from '../kubevirt/types';
import { DatabaseMigrationReader } from './DatabaseMigrationReader';
import { MigrationWriter } from './MigrationWriter';
import type { ListCompletion } from './types';

const WEB = { cluster: 'alpha', namespace: 'shop', name: 'web' };

describeEachDatabase('A complete list', createDatabase => {
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

  const complete = (
    resource: { plural: string },
    options: Partial<ListCompletion> = {},
  ) =>
    writer.apply(
      batchOf({
        completions: [
          {
            cluster: 'alpha',
            resource: resource.plural,
            present: new Set(),
            version: 100,
            knownUntil: timeAt(10),
            observedAt: timeAt(100),
            ...options,
          },
        ],
      }),
    );

  it('ends migrations that it does not contain', async () => {
    await observe(
      migrationObservation({ uid: 'm1', facts: { phase: 'Running' } }),
      migrationObservation({ uid: 'm2', facts: { phase: 'Running' } }),
    );
    await complete(MIGRATIONS, { present: new Set(['m2']) });

    expect(await reader.getMigration('m1')).toMatchObject({
      outcome: 'unknown',
      endedBetween: { after: timeAt(10), before: timeAt(100) },
      legs: [{ deleted: true }],
    });
    expect(await reader.getMigration('m2')).toMatchObject({
      outcome: 'active',
      legs: [{ deleted: false }],
    });
  });

  it('marks ended migrations as deleted and keeps how they ended', async () => {
    await observe(
      migrationObservation({ uid: 'm1', facts: { phase: 'Succeeded' } }),
    );
    await complete(MIGRATIONS);

    expect(await reader.getMigration('m1')).toMatchObject({
      outcome: 'succeeded',
      legs: [{ deleted: true }],
    });
  });

  it('says nothing about other clusters', async () => {
    await observe(migrationObservation({ uid: 'm1', cluster: 'beta' }));
    await complete(MIGRATIONS);

    expect(await reader.getMigration('m1')).toMatchObject({
      outcome: 'active',
    });
  });

  it('says nothing about what was seen after it was made', async () => {
    await observe(
      migrationObservation({ uid: 'm1', version: 101 }),
      machineObservation({ version: 101 }),
    );
    await complete(MIGRATIONS);
    await complete(VIRTUAL_MACHINES);

    expect(await reader.getMigration('m1')).toMatchObject({
      outcome: 'active',
    });
    expect(await reader.getVirtualMachine(WEB)).toBeDefined();
  });

  it('ends what came and went in the same batch', async () => {
    await writer.apply(
      batchOf({
        observations: [
          migrationObservation({ uid: 'm1', version: 5 }),
          instanceObservation({ version: 6 }),
        ],
        completions: [MIGRATIONS, INSTANCES].map(({ plural }) => ({
          cluster: 'alpha',
          resource: plural,
          present: new Set<string>(),
          version: 100,
          observedAt: timeAt(100),
        })),
      }),
    );

    expect(await reader.getMigration('m1')).toMatchObject({
      outcome: 'unknown',
    });
    expect(await reader.getVirtualMachine(WEB)).toBeUndefined();
  });

  it('stops a machine whose instance it does not contain', async () => {
    await observe(machineObservation(), instanceObservation());
    await complete(INSTANCES);

    const machine = await reader.getVirtualMachine(WEB);
    expect(machine).toMatchObject({ uid: 'machine-1', deleted: false });
    expect(machine?.node).toBeUndefined();
  });

  it('removes a machine when neither object is left, and tells so in the feed', async () => {
    await observe(machineObservation(), instanceObservation());
    const visible = {
      migrations: undefined,
      virtualMachines: undefined,
      clusters: true,
    };
    const { position } = await reader.listChanges({ limit: 10, visible });
    await complete(INSTANCES);
    await complete(VIRTUAL_MACHINES);

    expect(await reader.getVirtualMachine(WEB)).toBeUndefined();
    expect(await reader.listVirtualMachines({ limit: 10 })).toMatchObject({
      items: [],
      totalItems: 0,
    });
    const { changes } = await reader.listChanges({
      since: position,
      limit: 10,
      visible,
    });
    expect(changes).toEqual([
      {
        type: 'virtual-machine',
        virtualMachine: expect.objectContaining({ ...WEB, deleted: true }),
      },
    ]);
  });

  it('of a cluster built anew ends all that it does not contain', async () => {
    await writer.apply(
      batchOf({
        observations: [
          migrationObservation({ uid: 'm1', version: 5_000 }),
          machineObservation({ version: 5_000 }),
        ],
        positions: [MIGRATIONS, VIRTUAL_MACHINES].map(({ plural }) => ({
          cluster: 'alpha',
          resource: plural,
          resourceVersion: '5000',
          observedAt: timeAt(0),
        })),
      }),
    );
    await complete(MIGRATIONS);
    await complete(VIRTUAL_MACHINES);

    expect(await reader.getMigration('m1')).toMatchObject({
      outcome: 'unknown',
    });
    expect(await reader.getVirtualMachine(WEB)).toBeUndefined();
  });

  it('of a cluster built anew shows the machine that has the same name', async () => {
    await observe(machineObservation({ version: 5_000 }));
    await observe(
      machineObservation({
        version: 50,
        machine: { uid: 'machine-2', labels: {} },
      }),
    );

    expect(await reader.getVirtualMachine(WEB)).toMatchObject({
      uid: 'machine-2',
    });
  });
});
