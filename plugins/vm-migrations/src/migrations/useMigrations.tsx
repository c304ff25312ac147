import { printFilter } from 'backstage-plugin-vm-migrations-common';
import { useMemo } from 'react';
import { problemOf } from '../api';
import type { Filter } from '../filter';
import {
  useActiveIds,
  useConnection,
  useHistory,
  useSites,
  type Connection,
} from '../live';
import { asksForActiveOnly, endedFilter } from '../logic/filterExpressions';
import type { SiteTitles } from '../logic/route';
import type { EpochMs } from '../logic/units';
import { GroupProblem } from './GroupProblem';
import { LoadMore } from './LoadMore';
import type { MigrationGroup } from './MigrationGroups';
import { pageView, type PageView, type Part } from './pageView';

type History = ReturnType<typeof useHistory>;

const NOTHING: Part = { state: 'ready', total: 0 };

/**
 * The migrations that a filter lets through, in groups, and the state of the page:
 * those under way from the live set, those that have ended from the history.
 */
export function useMigrations(filter: Filter): {
  view: PageView;
  groups: MigrationGroup[];
  sites: SiteTitles;
  frozenAt: EpochMs | undefined;
  isBusy: boolean;
  retry: () => void;
} {
  const { expression, error, text } = filter;
  const { titles, context } = useSites();
  const { connection, syncedAt, retryNow } = useConnection();
  const ids = useActiveIds(expression, context);
  const asksForEnded = !error && !asksForActiveOnly(expression);
  const history = useHistory(
    useMemo(() => printFilter(endedFilter(expression)), [expression]),
    // A history from before the snapshot would lack what ended between the two.
    {
      enabled:
        asksForEnded &&
        (syncedAt !== undefined || connection.state === 'offline'),
    },
  );
  const active = activePart(connection, syncedAt, ids.length);
  const ended = asksForEnded ? endedPart(history) : NOTHING;
  const retry = () => {
    retryNow();
    if (history.isError) {
      history.refetch();
    }
  };
  return {
    view: pageView({ filter: stateOf(error, text), active, ended }),
    groups: [
      activeGroup(ids, active, retry),
      endedGroup(history, ended, retry),
    ].filter(group => group.total !== 0 || group.note !== undefined),
    sites: titles,
    frozenAt: connection.state === 'offline' ? syncedAt : undefined,
    isBusy: asksForEnded && history.isPlaceholderData,
    retry,
  };
}

function stateOf(
  error: Filter['error'],
  text: string,
): 'none' | 'set' | 'unreadable' {
  if (error) {
    return 'unreadable';
  }
  return text ? 'set' : 'none';
}

function activePart(
  connection: Connection,
  syncedAt: EpochMs | undefined,
  total: number,
): Part {
  if (syncedAt !== undefined) {
    return { state: 'ready', total };
  }
  return connection.state === 'offline'
    ? { state: 'failed', problem: connection.problem }
    : { state: 'loading' };
}

function endedPart({ data, error }: History): Part {
  const last = data?.pages.at(-1);
  if (last) {
    return { state: 'ready', total: last.totalItems };
  }
  return error
    ? { state: 'failed', problem: problemOf(error) }
    : { state: 'loading' };
}

function activeGroup(
  ids: readonly string[],
  part: Part,
  onRetry: () => void,
): MigrationGroup {
  return {
    name: 'active',
    ids,
    total: part.state === 'ready' ? part.total : undefined,
    note:
      part.state === 'failed' ? (
        <GroupProblem problem={part.problem} onRetry={onRetry} />
      ) : undefined,
  };
}

function endedGroup(
  history: History,
  part: Part,
  onRetry: () => void,
): MigrationGroup {
  if (part.state !== 'ready') {
    return {
      name: 'ended',
      migrations: [],
      note:
        part.state === 'failed' ? (
          <GroupProblem problem={part.problem} onRetry={onRetry} />
        ) : undefined,
    };
  }
  const migrations = history.data?.pages.flatMap(page => page.items) ?? [];
  return {
    name: 'ended',
    migrations,
    total: part.total,
    note: history.hasNextPage ? (
      <LoadMore
        shown={migrations.length}
        total={part.total}
        state={loadMoreState(history)}
        onLoadMore={() => history.fetchNextPage()}
      />
    ) : undefined,
  };
}

function loadMoreState({
  isFetchingNextPage,
  isFetchNextPageError,
}: History): 'idle' | 'loading' | 'failed' {
  if (isFetchingNextPage) {
    return 'loading';
  }
  return isFetchNextPageError ? 'failed' : 'idle';
}
