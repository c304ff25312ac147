import { aMigration, aVirtualMachine } from '../__testUtils__/records';
import {
  changesPageSchema,
  datacenterSchema,
  isoTimeSchema,
  migrationListSchema,
  migrationSchema,
  virtualMachineSchema,
} from '.';

describe('the schemas of the wire', () => {
  it('let records pass unchanged', () => {
    expect(migrationSchema.parse(aMigration())).toEqual(aMigration());
    expect(virtualMachineSchema.parse(aVirtualMachine())).toEqual(
      aVirtualMachine(),
    );
  });

  it('keep phases that KubeVirt may invent, and refuse outcomes that we did not', () => {
    expect(
      migrationSchema.parse(aMigration({ phase: 'Rewinding' })).phase,
    ).toBe('Rewinding');
    expect(
      migrationSchema.safeParse({ ...aMigration(), outcome: 'lost' }).success,
    ).toBe(false);
  });

  it('refuse negative durations', () => {
    expect(
      migrationSchema.safeParse(aMigration({ durationMs: -1 })).success,
    ).toBe(false);
  });

  it('take times in UTC only', () => {
    expect(isoTimeSchema.safeParse('2026-03-04T10:15:00.000Z').success).toBe(
      true,
    );
    for (const time of ['2026-03-04T10:15:00+01:00', '2026-03-04', 'soon']) {
      expect(isoTimeSchema.safeParse(time).success).toBe(false);
    }
  });

  it('drop what a newer backend may add', () => {
    const list = migrationListSchema.parse({
      items: [{ ...aMigration(), direction: 'internal', weather: 'mild' }],
      totalItems: 1,
      pageInfo: {},
      position: 'p1',
    });
    expect(list.items).toEqual([{ ...aMigration(), direction: 'internal' }]);
  });

  it('tell changes apart by their type', () => {
    const page = { position: 'p1', more: false, reset: false };
    expect(
      changesPageSchema.safeParse({
        ...page,
        changes: [
          { type: 'migration', migration: aMigration() },
          { type: 'migration-merged', id: 'a', into: 'b' },
          { type: 'virtual-machine', virtualMachine: aVirtualMachine() },
        ],
      }).success,
    ).toBe(true);
    expect(
      changesPageSchema.safeParse({
        ...page,
        changes: [{ type: 'virtual-machine', migration: aMigration() }],
      }).success,
    ).toBe(false);
  });

  it('refuse coordinates that are nowhere', () => {
    const site = {
      id: 'kista',
      title: 'Kista',
      clusters: [],
      virtualMachines: 0,
      migrations: { incoming: 0, outgoing: 0, internal: 0 },
    };
    expect(
      datacenterSchema.safeParse({
        ...site,
        coordinates: { latitude: 59.4, longitude: 17.9 },
      }).success,
    ).toBe(true);
    expect(
      datacenterSchema.safeParse({
        ...site,
        coordinates: { latitude: 159.4, longitude: 17.9 },
      }).success,
    ).toBe(false);
  });
});
