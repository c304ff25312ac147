import { useApi } from '@backstage/frontend-plugin-api';
import {
  useInfiniteQuery,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query';
import {
  createFilterContext,
  matchesFilter,
  type Cluster,
  type FilterContext,
  type FilterExpression,
  type Migration,
  type Status,
} from 'backstage-plugin-vm-migrations-common';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { vmMigrationsApiRef } from '../api';
import type { EpochMs } from '../logic/units';
import type { Connection } from './LiveFeed';
import { liveMigrationsApiRef } from './liveMigrationsApiRef';
import type { LiveStore } from './LiveStore';
import { datacentersQuery, historyQuery, statusQuery } from './queries';

/** How the live set is kept up to date, and how fresh it is. */
export function useConnection(): {
  connection: Connection;
  syncedAt: EpochMs | undefined;
  retryNow: () => void;
} {
  const { feed } = useApi(liveMigrationsApiRef);
  const connection = useSyncExternalStore(feed.subscribe, feed.getConnection);
  const retryNow = useCallback(() => feed.retryNow(), [feed]);
  return { connection, syncedAt: feed.getSyncedAt(), retryNow };
}

/** When something last happened, as far as the live set knows. */
export function useLastEventAt(): string | undefined {
  const { store } = useApi(liveMigrationsApiRef);
  return useSyncExternalStore(store.subscribe, store.getLastEventAt);
}

/** The watched clusters by name. */
export function useClusters(): ReadonlyMap<string, Cluster> {
  const { store } = useApi(liveMigrationsApiRef);
  return useSyncExternalStore(store.subscribe, store.getClusters);
}

/** Ids of the moves under way that the filter lets through, newest first. */
export function useActiveIds(
  expression: FilterExpression | undefined,
  context: FilterContext,
): readonly string[] {
  const { store } = useApi(liveMigrationsApiRef);
  const select = useMemo(
    () =>
      selectIds(store, migration =>
        matchesFilter(expression, migration, context),
      ),
    [store, expression, context],
  );
  return useSyncExternalStore(store.subscribe, select);
}

/** A move that is under way; `undefined` once it is no longer known as such. */
export function useLiveMigration(id: string): Migration | undefined {
  const { store } = useApi(liveMigrationsApiRef);
  const subscribe = useCallback(
    (listener: () => void) => store.subscribeTo(id, listener),
    [store, id],
  );
  return useSyncExternalStore(subscribe, () => store.getMigration(id));
}

/** Titles of the sites, and what a filter needs to know of them. */
export function useSites(): {
  titles: ReadonlyMap<string, string>;
  context: FilterContext;
} {
  const api = useApi(vmMigrationsApiRef);
  const { data } = useQuery(datacentersQuery(api));
  return useMemo(() => {
    const sites = data?.items ?? [];
    return {
      titles: new Map(sites.map(({ id, title }) => [id, title])),
      context: createFilterContext(sites),
    };
  }, [data]);
}

/** Totals over everything. */
export function useStatus(): UseQueryResult<Status> {
  return useQuery(statusQuery(useApi(vmMigrationsApiRef)));
}

/** Ended moves that the filter lets through, page by page and kept live. */
export function useHistory(filter: string, options: { enabled: boolean }) {
  const api = useApi(vmMigrationsApiRef);
  const { store } = useApi(liveMigrationsApiRef);
  return useInfiniteQuery({ ...historyQuery(api, store, filter), ...options });
}

/** A selection that stays the same array while its ids are the same. */
function selectIds(
  store: LiveStore,
  fits: (migration: Migration) => boolean,
): () => readonly string[] {
  let active: readonly Migration[] | undefined;
  let ids: readonly string[] = [];
  return () => {
    const present = store.getActive();
    if (present !== active) {
      active = present;
      const selected = present.filter(fits).map(({ id }) => id);
      if (!isSame(selected, ids)) {
        ids = selected;
      }
    }
    return ids;
  };
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((id, i) => id === right[i]);
}
