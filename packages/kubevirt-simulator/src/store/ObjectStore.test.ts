import { ObjectStore } from './ObjectStore';
import type { KubernetesObject, StoreEvent } from './types';
import {
  MIGRATIONS,
  migration,
  setUp,
  summary,
} from './__testUtils__/storeSetUp';

const INSTANCES = 'virtualmachineinstances';
const FINALIZER = 'kubevirt.io/migrationJobFinalize';

describe('ObjectStore', () => {
  describe('create', () => {
    it('sets what only the API server may set', () => {
      const { store } = setUp();
      const created = store.create(MIGRATIONS, {
        metadata: {
          name: 'move-1',
          namespace: 'erp',
          uid: 'mine',
          creationTimestamp: '1999-01-01T00:00:00Z',
          deletionTimestamp: '1999-01-01T00:00:00Z',
        },
      });
      expect(created).toEqual({
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachineInstanceMigration',
        metadata: {
          name: 'move-1',
          namespace: 'erp',
          uid: expect.stringMatching(
            /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
          ),
          creationTimestamp: '2026-03-06T11:00:00Z',
          generation: 1,
          resourceVersion: '2',
        },
      });
    });

    it('drops the status of a resource with a status subresource, unless asked to keep it', () => {
      const { store } = setUp();
      const status = { phase: 'Running' };
      expect(
        store.create(MIGRATIONS, migration('a', { status })).status,
      ).toBeUndefined();
      expect(
        store.create(MIGRATIONS, migration('b', { status }), {
          keepStatus: true,
        }).status,
      ).toEqual(status);
      expect(
        store.create(INSTANCES, migration('c', { status })).status,
      ).toEqual(status);
    });

    it('makes a name from generateName', () => {
      const { store } = setUp();
      const { name } = store.create(MIGRATIONS, {
        metadata: { generateName: 'forklift-', namespace: 'erp' },
      }).metadata;
      expect(name).toMatch(/^forklift-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    });

    it('refuses a name that is taken and an object without a name', () => {
      const { store, events } = setUp();
      store.create(MIGRATIONS, migration('a'));
      expect(() => store.create(MIGRATIONS, migration('a'))).toThrow(
        'virtualmachineinstancemigrations.kubevirt.io "a" already exists',
      );
      expect(() => store.create(MIGRATIONS, { metadata: {} })).toThrow(
        'name or generateName is required',
      );
      expect(events).toHaveLength(1);
    });

    it('keeps a copy and gives out frozen objects', () => {
      const { store } = setUp();
      const input = migration('a');
      store.create(MIGRATIONS, input);
      input.spec.vmiName = 'changed afterwards';
      const read = store.get(MIGRATIONS, 'erp', 'a');
      expect(read?.spec).toEqual({ vmiName: 'crm' });
      expect(() => {
        if (read?.metadata.labels) read.metadata.labels.plan = 'p2';
      }).toThrow(TypeError);
    });

    it('puts no namespace on a cluster-scoped object', () => {
      const { store } = setUp();
      store.create('nodes', { metadata: { name: 'n1', namespace: 'erp' } });
      const node = store.get('nodes', undefined, 'n1');
      expect(node?.metadata).not.toHaveProperty('namespace');
      expect(node?.metadata).not.toHaveProperty('generation');
    });
  });

  describe('update', () => {
    const withPhase = (phase: string) => (draft: KubernetesObject) => {
      draft.status = { phase };
    };

    it('writes status through the status subresource only', () => {
      const { store } = setUp();
      store.create(MIGRATIONS, migration('a'));
      const relabelled = store.update(MIGRATIONS, 'erp', 'a', draft => {
        draft.status = { phase: 'Failed' };
        draft.metadata.labels = { plan: 'p2' };
      });
      expect(relabelled.metadata).toMatchObject({
        labels: { plan: 'p2' },
        generation: 1,
      });
      expect(relabelled).not.toHaveProperty('status');
      expect(
        store.update(
          MIGRATIONS,
          'erp',
          'a',
          draft => {
            draft.status = { phase: 'Running' };
            draft.metadata.labels = {};
            draft.spec = {};
          },
          { subresource: 'status' },
        ),
      ).toMatchObject({
        metadata: { labels: { plan: 'p2' }, generation: 1 },
        spec: { vmiName: 'crm' },
        status: { phase: 'Running' },
      });
    });

    it('raises the generation when the specification changes', () => {
      const { store } = setUp();
      store.create(MIGRATIONS, migration('a'));
      store.create(INSTANCES, migration('b'));
      const spec = (draft: KubernetesObject) => {
        draft.spec = { vmiName: 'other' };
      };
      expect(
        store.update(MIGRATIONS, 'erp', 'a', spec).metadata.generation,
      ).toBe(2);
      expect(
        store.update(INSTANCES, 'erp', 'b', withPhase('Running')).metadata
          .generation,
      ).toBe(2);
    });

    it('is no event when nothing changes', () => {
      const { store, events } = setUp();
      store.create(MIGRATIONS, migration('a'));
      const before = store.get(MIGRATIONS, 'erp', 'a');
      const after = store.update(MIGRATIONS, 'erp', 'a', draft => ({
        spec: draft.spec,
        kind: 'Something',
        apiVersion: 'v0',
        metadata: {
          ...draft.metadata,
          resourceVersion: '99999',
          uid: 'forged',
          namespace: undefined,
        },
        absent: undefined,
      }));
      expect(after).toBe(before);
      expect(store.update('nodes', undefined, nodeIn(store), () => {})).toBe(
        store.get('nodes', undefined, 'n1'),
      );
      expect(summary(events)).toEqual([
        ['ADDED', 'a', 2],
        ['ADDED', 'n1', 3],
      ]);
    });

    function nodeIn(store: ObjectStore): string {
      return store.create('nodes', { metadata: { name: 'n1' } }).metadata.name;
    }

    it('holds to preconditions', () => {
      const { store } = setUp();
      const { uid } = store.create(MIGRATIONS, migration('a')).metadata;
      expect(() =>
        store.update(MIGRATIONS, 'erp', 'a', () => {}, {
          preconditions: { uid: 'other' },
        }),
      ).toThrow(
        `Operation cannot be fulfilled on virtualmachineinstancemigrations.kubevirt.io "a": Precondition failed: UID in precondition: other, UID in object meta: ${uid}`,
      );
      expect(() =>
        store.update(MIGRATIONS, 'erp', 'a', () => {}, {
          preconditions: { resourceVersion: '1' },
        }),
      ).toThrow('the object has been modified');
    });

    it('refuses an object that is not there', () => {
      const { store } = setUp();
      expect(() => store.update(MIGRATIONS, 'erp', 'a', () => {})).toThrow(
        'virtualmachineinstancemigrations.kubevirt.io "a" not found',
      );
    });
  });

  describe('put', () => {
    it('plays a recorded object to the letter under the next version', () => {
      const { store, events } = setUp();
      const recorded = {
        apiVersion: 'kubevirt.io/v1alpha3',
        kind: 'VirtualMachineInstanceMigration',
        metadata: {
          name: 'move-1',
          namespace: 'erp',
          uid: 'c2c1a1f5-4b2c-46ad-960f-3b0c726e1572',
          creationTimestamp: '2025-11-23T21:11:44Z',
          deletionTimestamp: '2025-11-23T21:12:06Z',
          resourceVersion: '1060',
          generation: 4,
          finalizers: [FINALIZER],
        },
        status: { phase: 'Succeeded' },
      };
      store.put('MODIFIED', MIGRATIONS, recorded);
      expect(store.get(MIGRATIONS, 'erp', 'move-1')).toEqual({
        ...recorded,
        metadata: { ...recorded.metadata, resourceVersion: '2' },
      });
      store.put('DELETED', MIGRATIONS, recorded);
      expect(store.get(MIGRATIONS, 'erp', 'move-1')).toBeUndefined();
      expect(summary(events)).toEqual([
        ['MODIFIED', 'move-1', 2],
        ['DELETED', 'move-1', 3],
      ]);
    });

    it('adds uid and creation time once when the recording has none', () => {
      const { clock, store } = setUp();
      store.put('ADDED', MIGRATIONS, migration('a'));
      const first = store.get(MIGRATIONS, 'erp', 'a');
      clock.advance(60_000);
      store.put('MODIFIED', MIGRATIONS, migration('a', { status: {} }));
      const second = store.get(MIGRATIONS, 'erp', 'a');
      expect(second?.metadata).toEqual({
        ...first?.metadata,
        resourceVersion: '3',
      });
      expect(second?.metadata.creationTimestamp).toBe('2026-03-06T11:00:00Z');
    });
  });

  describe('listing', () => {
    it('is ordered by namespace and name and filtered by namespace and labels', () => {
      const { store } = setUp();
      for (const [namespace, name, plan] of [
        ['b', 'a', 'p1'],
        ['a-b', 'z', 'p2'],
        ['a', 'c', 'p1'],
        ['a', 'b', 'p2'],
      ]) {
        store.create(MIGRATIONS, {
          metadata: { namespace, name, labels: { plan } },
        });
      }
      const names = (objects: KubernetesObject[]) =>
        objects.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
      expect(names(store.list(MIGRATIONS))).toEqual([
        'a-b/z',
        'a/b',
        'a/c',
        'b/a',
      ]);
      expect(names(store.list(MIGRATIONS, { namespace: 'a' }))).toEqual([
        'a/b',
        'a/c',
      ]);
      expect(
        names(store.list(MIGRATIONS, { labelSelector: 'plan=p2' })),
      ).toEqual(['a-b/z', 'a/b']);
    });
  });

  it('tells a change made by a listener after the one that it answers, to all in one order', () => {
    const { store } = setUp();
    store.subscribe(({ type, current }) => {
      if (type === 'ADDED') {
        store.update(MIGRATIONS, current.namespace, current.name, draft => {
          draft.metadata.labels = { seen: 'true' };
        });
      }
    });
    const later: StoreEvent[] = [];
    store.subscribe(event => later.push(event));
    store.create(MIGRATIONS, migration('a'));
    expect(summary(later)).toEqual([
      ['ADDED', 'a', 2],
      ['MODIFIED', 'a', 3],
    ]);
  });

  it('gives the same identifiers for the same seed', () => {
    const uids = [setUp(), setUp()].map(
      ({ store }) => store.create(MIGRATIONS, migration('a')).metadata.uid,
    );
    expect(uids[0]).toBe(uids[1]);
  });
});
