import { QueryClient, type InfiniteData } from '@tanstack/react-query';
import type {
  Change,
  Migration,
  MigrationList,
} from 'backstage-plugin-vm-migrations-common';
import { endedMigration, migration, page } from '../__testUtils__/migration';
import { keepHistoryLive } from './keepHistoryLive';
import { LiveStore } from './LiveStore';
import { DATACENTERS_KEY, HISTORY_KEY } from './queries';

const ALL = [...HISTORY_KEY, '-outcome:active'];
const FAILED = [...HISTORY_KEY, 'outcome:failed -outcome:active'];

function changed(record: Migration): Change {
  return { type: 'migration', migration: record };
}

describe('keepHistoryLive', () => {
  let store: LiveStore;
  let queryClient: QueryClient;

  beforeEach(() => {
    store = new LiveStore();
    queryClient = new QueryClient();
    keepHistoryLive(queryClient, store);
  });

  afterEach(() => queryClient.clear());

  function load(queryKey: readonly string[], items: Migration[]) {
    queryClient.setQueryData(queryKey, {
      pages: [page(items)],
      pageParams: [''],
    });
  }

  function idsOf(queryKey: readonly string[]) {
    return queryClient
      .getQueryData<InfiniteData<MigrationList>>(queryKey)
      ?.pages.flatMap(({ items }) => items.map(({ id }) => id));
  }

  it('works what ended into each history that it fits', () => {
    load(ALL, []);
    load(FAILED, []);
    store.reset({ active: [migration({ id: 'a' })], clusters: [] });
    store.apply([
      changed(endedMigration({ id: 'a', revision: 2 })),
      changed(endedMigration({ id: 'b', outcome: 'failed' })),
    ]);
    expect(idsOf(ALL)?.sort()).toEqual(['a', 'b']);
    expect(idsOf(FAILED)).toEqual(['b']);
  });

  it('leaves moves under way out', () => {
    load(ALL, []);
    store.apply([changed(migration())]);
    expect(idsOf(ALL)).toEqual([]);
  });

  it('takes out what became part of another record', () => {
    load(ALL, [endedMigration({ id: 'younger' })]);
    store.apply([{ type: 'migration-merged', id: 'younger', into: 'older' }]);
    expect(idsOf(ALL)).toEqual([]);
  });

  it('works in what ended while a page was under way', async () => {
    let answer: (list: MigrationList) => void = () => {};
    const loaded = queryClient.fetchInfiniteQuery({
      queryKey: ALL,
      queryFn: () =>
        new Promise<MigrationList>(resolve => {
          answer = resolve;
        }),
      initialPageParam: '',
    });
    store.reset({ active: [migration({ id: 'a' })], clusters: [] });
    store.apply([changed(endedMigration({ id: 'a', revision: 2 }))]);
    answer(page([endedMigration({ id: 'earlier' })]));
    await loaded;
    expect(idsOf(ALL)?.sort()).toEqual(['a', 'earlier']);
  });

  it('knows which clusters a site has', () => {
    const key = [...HISTORY_KEY, 'datacenter:kista -outcome:active'];
    queryClient.setQueryData(DATACENTERS_KEY, {
      items: [{ id: 'kista', title: 'Kista', clusters: ['kista-1'] }],
    });
    load(key, []);
    store.apply([
      changed(endedMigration({ id: 'here' })),
      changed(
        endedMigration({
          id: 'elsewhere',
          source: { cluster: 'lulea-1' },
          target: { cluster: 'lulea-1' },
        }),
      ),
    ]);
    expect(idsOf(key)).toEqual(['here']);
  });

  it('has a history loaded again that cannot be judged without the sites', () => {
    const key = [...HISTORY_KEY, 'datacenter:kista -outcome:active'];
    load(key, [endedMigration({ id: 'here' })]);
    store.apply([changed(endedMigration({ id: 'here', revision: 2 }))]);
    expect(idsOf(key)).toEqual(['here']);
    expect(queryClient.getQueryState(key)?.isInvalidated).toBe(true);
  });

  it('has every history loaded again after a reset', () => {
    load(ALL, []);
    store.reset({ active: [], clusters: [] });
    expect(queryClient.getQueryState(ALL)?.isInvalidated).toBe(true);
  });
});
