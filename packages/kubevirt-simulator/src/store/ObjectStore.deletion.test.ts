import {
  MIGRATIONS,
  migration,
  setUp,
  summary,
} from './__testUtils__/storeSetUp';

const FINALIZER = 'kubevirt.io/migrationJobFinalize';

describe('deletion in an ObjectStore', () => {
  it('removes an object without finalizers under a new version', () => {
    const { store, events } = setUp();
    store.create(MIGRATIONS, migration('a'));
    const { gone, object } = store.delete(MIGRATIONS, 'erp', 'a');
    expect(gone).toBe(true);
    expect(object.metadata.resourceVersion).toBe('3');
    expect(store.get(MIGRATIONS, 'erp', 'a')).toBeUndefined();
    expect(events[1]).toMatchObject({ type: 'DELETED', resourceVersion: 3 });
    expect(events[1].current.object).toBe(object);
  });

  it('waits for the last finalizer', () => {
    const { clock, store, events } = setUp();
    store.create(MIGRATIONS, {
      metadata: {
        name: 'a',
        namespace: 'erp',
        finalizers: [FINALIZER, 'second'],
      },
    });
    clock.advance(5_000);
    expect(store.delete(MIGRATIONS, 'erp', 'a').gone).toBe(false);
    expect(store.delete(MIGRATIONS, 'erp', 'a').gone).toBe(false);
    expect(store.get(MIGRATIONS, 'erp', 'a')?.metadata).toMatchObject({
      deletionTimestamp: '2026-03-06T11:00:05Z',
      deletionGracePeriodSeconds: 0,
      generation: 2,
    });

    expect(() =>
      store.update(MIGRATIONS, 'erp', 'a', draft => {
        draft.metadata.finalizers = ['third'];
      }),
    ).toThrow(
      'VirtualMachineInstanceMigration.kubevirt.io "a" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"third"}',
    );
    store.update(MIGRATIONS, 'erp', 'a', draft => {
      draft.metadata.finalizers = ['second'];
    });
    expect(store.get(MIGRATIONS, 'erp', 'a')).toBeDefined();
    const released = store.update(MIGRATIONS, 'erp', 'a', draft => {
      delete draft.metadata.finalizers;
    });
    expect(released.metadata).not.toHaveProperty('finalizers');
    expect(store.get(MIGRATIONS, 'erp', 'a')).toBeUndefined();
    expect(summary(events)).toEqual([
      ['ADDED', 'a', 2],
      ['MODIFIED', 'a', 3],
      ['MODIFIED', 'a', 4],
      ['DELETED', 'a', 5],
    ]);
    expect(events[3].current.object.metadata).toMatchObject({
      finalizers: ['second'],
      resourceVersion: '5',
    });
  });

  it('holds to preconditions', () => {
    const { store } = setUp();
    store.create(MIGRATIONS, migration('a'));
    expect(() =>
      store.delete(MIGRATIONS, 'erp', 'a', {
        preconditions: { uid: 'other' },
      }),
    ).toThrow(
      'Operation cannot be fulfilled on VirtualMachineInstanceMigration.kubevirt.io "a": the UID in the precondition (other) does not match the UID in record',
    );
    expect(store.get(MIGRATIONS, 'erp', 'a')).toBeDefined();
  });
});
