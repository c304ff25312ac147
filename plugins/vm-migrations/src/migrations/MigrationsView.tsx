import { useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import FilterIcon from '@material-ui/icons/FilterList';
import { vmMigrationReadPermission } from 'backstage-plugin-vm-migrations-common';
import { useCallback, useState } from 'react';
import type { Filter } from '../filter';
import { ActionButton } from '../shared/ActionButton';
import { DataState } from '../shared/DataState';
import { Delayed } from '../shared/Delayed';
import { ProblemState } from '../shared/ProblemState';
import { useTranslate } from '../shared/useTranslate';
import { EmptyState, HiddenByFilterText } from './EmptyState';
import { MigrationsList } from './MigrationsList';
import { MigrationsSkeleton } from './MigrationsSkeleton';
import { MigrationsTable } from './MigrationsTable';
import { Summary } from './Summary';
import { useMigrations } from './useMigrations';

/** The migrations that a filter lets through, or why there are none. */
export function MigrationsView({ filter }: { filter: Filter }) {
  const t = useTranslate();
  const isNarrow = useMediaQuery(useTheme().breakpoints.down('xs'));
  const { view, groups, sites, frozenAt, isBusy, retry } =
    useMigrations(filter);
  const [openIds, setOpenIds] = useState<ReadonlySet<string>>(new Set());
  const onToggle = useCallback(
    (id: string) => setOpenIds(open => toggled(open, id)),
    [],
  );
  const clearFilter = (
    <ActionButton onClick={() => filter.apply('')}>
      {t('filter.clear')}
    </ActionButton>
  );

  switch (view.type) {
    case 'loading':
      return (
        <Delayed>
          <MigrationsSkeleton />
        </Delayed>
      );
    case 'problem':
      return (
        <ProblemState
          problem={view.problem}
          permission={vmMigrationReadPermission.name}
          onRetry={retry}
        />
      );
    case 'bad-filter':
      return (
        <DataState
          icon={<FilterIcon fontSize="large" />}
          title={t('state.badFilterTitle')}
          text={t('state.badFilterText')}
          actions={clearFilter}
        />
      );
    case 'empty-by-filter':
      return (
        <DataState
          icon={<FilterIcon fontSize="large" />}
          title={t('state.emptyByFilterTitle')}
          text={<HiddenByFilterText />}
          actions={clearFilter}
        />
      );
    case 'empty':
      return <EmptyState />;
    default: {
      const Groups = isNarrow ? MigrationsList : MigrationsTable;
      return (
        <>
          <Summary groups={groups} />
          <Groups
            groups={groups}
            sites={sites}
            frozenAt={frozenAt}
            isBusy={isBusy}
            openIds={openIds}
            onToggle={onToggle}
          />
        </>
      );
    }
  }
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) {
    next.add(id);
  }
  return next;
}
