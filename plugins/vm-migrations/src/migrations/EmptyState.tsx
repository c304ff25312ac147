import { useStatus } from '../live';
import { DataState } from '../shared/DataState';
import { Mark } from '../shared/Mark';
import { useTranslate } from '../shared/useTranslate';

/** Nothing has ever moved. */
export function EmptyState() {
  const t = useTranslate();
  const { data: status } = useStatus();
  return (
    <DataState
      icon={<Mark name="succeeded" size={32} />}
      title={t('state.emptyTitle')}
      text={
        status && t('state.emptyText', { count: status.virtualMachines.total })
      }
    />
  );
}

/** How many migrations there would be without the filter. */
export function HiddenByFilterText() {
  const t = useTranslate();
  const { data: status } = useStatus();
  return (
    <>
      {status &&
        t('state.emptyByFilterText', { count: status.migrations.total })}
    </>
  );
}
