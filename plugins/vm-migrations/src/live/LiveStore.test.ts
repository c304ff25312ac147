import type { Change, Cluster } from 'backstage-plugin-vm-migrations-common';
import fc from 'fast-check';
import { endedMigration, migration } from '../__testUtils__/migration';
import { LiveStore, type LiveChange } from './LiveStore';

const CLUSTER: Cluster = {
  name: 'kista-1',
  state: 'live',
  resources: [],
  virtualMachines: 1,
  activeMigrations: 0,
  revision: 1,
};

function changed(record: ReturnType<typeof migration>): Change {
  return { type: 'migration', migration: record };
}

function idsOf(store: LiveStore): string[] {
  return store.getActive().map(({ id }) => id);
}

describe('LiveStore', () => {
  it('begins with a snapshot, newest first', () => {
    const store = new LiveStore();
    store.reset({
      active: [
        migration({ id: 'old', createdAt: '2026-03-04T09:00:00.000Z' }),
        migration({ id: 'new' }),
      ],
      clusters: [CLUSTER],
    });
    expect(idsOf(store)).toEqual(['new', 'old']);
    expect([...store.getClusters().keys()]).toEqual(['kista-1']);
  });

  it('forgets at a reset what the new snapshot does not hold', () => {
    const store = new LiveStore();
    store.reset({ active: [migration({ id: 'gone' })], clusters: [CLUSTER] });
    store.reset({ active: [migration({ id: 'here' })], clusters: [] });
    expect(idsOf(store)).toEqual(['here']);
    expect(store.getClusters().size).toBe(0);
  });

  it('lets go of a move that ends, and tells what it was before', () => {
    const store = new LiveStore();
    const running = migration();
    const ended = endedMigration({ revision: 2 });
    store.reset({ active: [running], clusters: [] });
    const told: LiveChange[][] = [];
    store.onChanges(changes => told.push(changes));
    store.apply([changed(ended)]);
    expect(idsOf(store)).toEqual([]);
    expect(store.getRecentlyEnded()).toEqual([ended]);
    expect(told).toEqual([
      [{ type: 'migration', migration: ended, previous: running }],
    ]);
  });

  it('keeps what has ended for two minutes', () => {
    let now = 0;
    const store = new LiveStore({ now: () => now });
    store.apply([changed(endedMigration())]);
    now = 119_999;
    store.apply([]);
    expect(store.getRecentlyEnded()).toHaveLength(1);
    now = 120_000;
    store.apply([]);
    expect(store.getRecentlyEnded()).toEqual([]);
  });

  it('ignores what comes twice or late', () => {
    const store = new LiveStore();
    const newer = migration({ phase: 'Running', revision: 5 });
    store.apply([changed(newer)]);
    const listener = jest.fn();
    store.subscribe(listener);
    store.apply([
      changed(newer),
      changed(migration({ phase: 'Scheduled', revision: 4 })),
    ]);
    expect(store.getMigration('leg-1')).toBe(newer);
    expect(listener).not.toHaveBeenCalled();
  });

  it('notifies once per page, and of one record only those who ask for it', () => {
    const store = new LiveStore();
    const list = jest.fn();
    const first = jest.fn();
    const other = jest.fn();
    store.subscribe(list);
    store.subscribeTo('first', first);
    store.subscribeTo('other', other);
    store.apply([
      changed(migration({ id: 'first', revision: 1 })),
      changed(migration({ id: 'first', revision: 2 })),
      changed(migration({ id: 'second', revision: 3 })),
    ]);
    expect(list).toHaveBeenCalledTimes(1);
    expect(first).toHaveBeenCalledTimes(1);
    expect(other).not.toHaveBeenCalled();
  });

  it('stops telling who has unsubscribed', () => {
    const store = new LiveStore();
    const listener = jest.fn();
    const stops = [
      store.subscribe(listener),
      store.subscribeTo('leg-1', listener),
      store.onChanges(listener),
    ];
    stops.forEach(stop => stop());
    store.apply([changed(migration())]);
    expect(listener).not.toHaveBeenCalled();
  });

  it('drops a record that became part of another one', () => {
    const store = new LiveStore();
    store.apply([changed(migration({ id: 'younger' }))]);
    store.apply([{ type: 'migration-merged', id: 'younger', into: 'older' }]);
    expect(store.getMigration('younger')).toBeUndefined();
  });

  it('gives the same list until a migration changes', () => {
    const store = new LiveStore();
    store.reset({ active: [migration()], clusters: [CLUSTER] });
    const before = store.getActive();
    store.apply([
      { type: 'cluster', cluster: { ...CLUSTER, state: 'blind', revision: 2 } },
    ]);
    expect(store.getActive()).toBe(before);
    expect(store.getClusters().get('kista-1')?.state).toBe('blind');
    store.apply([changed(migration({ revision: 2 }))]);
    expect(store.getActive()).not.toBe(before);
  });

  it('takes newer records of other origin only for moves that it knows', () => {
    const store = new LiveStore();
    store.reset({ active: [migration()], clusters: [] });
    store.observe([
      endedMigration({ revision: 2 }),
      endedMigration({ id: 'from long ago' }),
    ]);
    expect(idsOf(store)).toEqual([]);
    expect(store.getRecentlyEnded().map(({ id }) => id)).toEqual(['leg-1']);
  });

  it('knows when something last happened', () => {
    const store = new LiveStore();
    store.reset({
      active: [migration({ updatedAt: '2026-03-04T10:00:05.000Z' })],
      clusters: [{ ...CLUSTER, lastEventAt: '2026-03-04T10:00:09.000Z' }],
    });
    expect(store.getLastEventAt()).toBe('2026-03-04T10:00:09.000Z');
  });

  it('ends in the same state in whatever order and however often changes come', () => {
    const record = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      revision: fc.integer({ min: 1, max: 6 }),
    });
    const toChange = ({ id, revision }: { id: string; revision: number }) =>
      changed(
        revision > 4
          ? endedMigration({ id, revision })
          : migration({ id, revision }),
      );
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1 }).chain(records =>
          fc.tuple(
            fc.constant(records),
            fc.shuffledSubarray([...records, ...records], {
              minLength: 2 * records.length,
            }),
          ),
        ),
        ([inOrder, shuffled]) => {
          const left = new LiveStore();
          const right = new LiveStore();
          left.apply(
            [...inOrder].sort((a, b) => a.revision - b.revision).map(toChange),
          );
          shuffled.forEach(one => right.apply([toChange(one)]));
          expect(right.getActive()).toEqual(left.getActive());
          expect(new Set(right.getRecentlyEnded())).toEqual(
            new Set(left.getRecentlyEnded()),
          );
        },
      ),
    );
  });
});
