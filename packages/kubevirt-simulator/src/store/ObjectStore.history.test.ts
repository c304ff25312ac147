import fc from 'fast-check';
import {
  MIGRATIONS,
  migration,
  setUp,
  summary,
} from './__testUtils__/storeSetUp';

describe('history of an ObjectStore', () => {
  it('is bounded', () => {
    const { store } = setUp(3);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      store.create(MIGRATIONS, migration(name));
    }
    expect(summary(store.eventsSince(3))).toEqual([
      ['ADDED', 'c', 4],
      ['ADDED', 'd', 5],
      ['ADDED', 'e', 6],
    ]);
    expect(() => store.eventsSince(2)).toThrow(
      'too old resource version: 2 (3)',
    );
  });

  it('is forgotten by compaction, but for the present version', () => {
    const { store } = setUp();
    store.create(MIGRATIONS, migration('a'));
    store.compact();
    store.create(MIGRATIONS, migration('b'));
    expect(summary(store.eventsSince(2))).toEqual([['ADDED', 'b', 3]]);
    expect(() => store.snapshot(MIGRATIONS, 1)).toThrow(
      'too old resource version: 1 (2)',
    );
  });

  it('remembers every past state that its history reaches', () => {
    const operation = fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      action: fc.constantFrom('write', 'delete'),
      value: fc.nat(3),
    });
    fc.assert(
      fc.property(
        fc.array(operation, { maxLength: 40 }),
        fc.integer({ min: 1, max: 60 }),
        (operations, historyLimit) => {
          const { store } = setUp(historyLimit);
          const states = new Map<number, string[]>();
          const remember = () =>
            states.set(
              store.resourceVersion,
              store.snapshot(MIGRATIONS).map(({ json }) => json),
            );
          remember();
          for (const { name, action, value } of operations) {
            const object = migration(name, { spec: { value } });
            const exists = store.get(MIGRATIONS, 'erp', name) !== undefined;
            if (!exists) store.create(MIGRATIONS, object);
            else if (action === 'delete') store.delete(MIGRATIONS, 'erp', name);
            else store.put('MODIFIED', MIGRATIONS, object);
            remember();
          }
          const oldest = store.compactedResourceVersion;
          const versions = [...states.keys()];
          for (const version of versions.filter(it => it >= oldest)) {
            expect(
              store.snapshot(MIGRATIONS, version).map(({ json }) => json),
            ).toEqual(states.get(version));
          }
          for (const version of versions.filter(it => it < oldest)) {
            expect(() => store.snapshot(MIGRATIONS, version)).toThrow(
              'too old resource version',
            );
          }
          expect(versions).toHaveLength(operations.length + 1);
        },
      ),
    );
  });
});
