import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
} from '@tanstack/react-query';
import type { VmMigrationsApi } from 'backstage-plugin-vm-migrations-common';
import { withTimeout } from '../api';
import type { LiveStore } from './LiveStore';

/*
 * What is loaded once and kept: the history by pages, sites and totals. Everything is
 * below one key, the history by its filter, so that changes find the pages they belong to.
 */

const ROOT = 'vm-migrations';

/** Key of all histories; the text of the filter follows. */
export const HISTORY_KEY = [ROOT, 'history'] as const;

/** Key of the sites. */
export const DATACENTERS_KEY = [ROOT, 'datacenters'] as const;

const HISTORY_PAGE = 50;

/** Ended moves that this filter lets through, newest first, page by page. */
export function historyQuery(
  api: VmMigrationsApi,
  store: LiveStore,
  filter: string,
) {
  return infiniteQueryOptions({
    queryKey: [...HISTORY_KEY, filter],
    queryFn: async ({ pageParam, signal }) => {
      const page = await withTimeout(signal, limited =>
        api.listMigrations({
          filter,
          cursor: pageParam || undefined,
          limit: HISTORY_PAGE,
          signal: limited,
        }),
      );
      store.observe(page.items);
      return page;
    },
    initialPageParam: '',
    getNextPageParam: page => page.pageInfo.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Sites and their clusters; they change with the configuration only. */
export function datacentersQuery(api: VmMigrationsApi) {
  return queryOptions({
    queryKey: DATACENTERS_KEY,
    queryFn: ({ signal }) =>
      withTimeout(signal, limited => api.listDatacenters({ signal: limited })),
    staleTime: 10 * 60_000,
  });
}

/** Totals over everything that may be seen. */
export function statusQuery(api: VmMigrationsApi) {
  return queryOptions({
    queryKey: [ROOT, 'status'],
    queryFn: ({ signal }) =>
      withTimeout(signal, limited => api.getStatus({ signal: limited })),
    staleTime: 30_000,
    refetchInterval: 60_000,
  });
}
