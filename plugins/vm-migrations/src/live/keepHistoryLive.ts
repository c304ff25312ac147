import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import {
  createFilterContext,
  matchesFilter,
  parseFilter,
  type DatacenterList,
  type Migration,
  type MigrationList,
} from 'backstage-plugin-vm-migrations-common';
import { asksForSites } from '../logic/filterExpressions';
import {
  applyToHistory,
  removeFromHistory,
  type HistoryChange,
} from '../logic/history';
import type { LiveChange, LiveStore } from './LiveStore';
import { DATACENTERS_KEY, HISTORY_KEY } from './queries';

type History = InfiniteData<MigrationList, string>;

/**
 * Works what changes into the loaded pages of every history, so that none is loaded
 * again. A page that was asked for before a change and arrives after it lacks it: so what
 * ended a moment ago is worked in once more when a page has arrived.
 */
export function keepHistoryLive(
  queryClient: QueryClient,
  store: LiveStore,
): void {
  store.onChanges(changes => {
    if (changes.some(change => change.type === 'reset')) {
      queryClient.invalidateQueries({ queryKey: HISTORY_KEY });
    }
    for (const { queryKey } of queryClient
      .getQueryCache()
      .findAll({ queryKey: HISTORY_KEY })) {
      applyTo(queryClient, queryKey, changes);
    }
  });

  queryClient.getQueryCache().subscribe(event => {
    if (
      event.type === 'updated' &&
      event.action.type === 'success' &&
      !event.action.manual &&
      isHistoryKey(event.query.queryKey)
    ) {
      applyTo(
        queryClient,
        event.query.queryKey,
        store
          .getRecentlyEnded()
          .map(migration => ({ type: 'migration', migration })),
      );
    }
  });
}

function applyTo(
  queryClient: QueryClient,
  queryKey: readonly unknown[],
  changes: LiveChange[],
): void {
  const history = queryClient.getQueryData<History>(queryKey);
  const filter = queryKey[HISTORY_KEY.length];
  if (!history || typeof filter !== 'string') {
    return;
  }
  const expression = parseFilter(filter, {
    now: new Date(),
    subject: 'migration',
  });
  const sites = queryClient.getQueryData<DatacenterList>(DATACENTERS_KEY);
  if (!sites && changes.length > 0 && asksForSites(expression)) {
    queryClient.invalidateQueries({ queryKey });
    return;
  }
  const context = createFilterContext(sites?.items ?? []);
  let { pages } = history;
  for (const change of changes) {
    if (change.type === 'merged') {
      pages = removeFromHistory(pages, change.id);
    } else if (change.type === 'migration') {
      pages = applyToHistory(
        pages,
        toHistoryChange(change, migration =>
          matchesFilter(expression, migration, context),
        ),
      );
    }
  }
  if (pages !== history.pages) {
    queryClient.setQueryData<History>(queryKey, { ...history, pages });
  }
}

function toHistoryChange(
  { migration, previous }: Extract<LiveChange, { type: 'migration' }>,
  fits: (migration: Migration) => boolean,
): HistoryChange {
  return {
    migration,
    fits: migration.outcome !== 'active' && fits(migration),
    isNew: previous?.outcome === 'active',
  };
}

function isHistoryKey(queryKey: readonly unknown[]): boolean {
  return HISTORY_KEY.every((part, index) => queryKey[index] === part);
}
