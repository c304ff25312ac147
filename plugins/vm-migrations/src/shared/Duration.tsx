import type { Migration } from 'backstage-plugin-vm-migrations-common';
import { durationOf, durationText } from '../logic/duration';
import type { EpochMs } from '../logic/units';
import { useNow } from './useNow';
import { useTranslate } from './useTranslate';

/**
 * How long a move took or takes so far. `frozenAt` stops it where the last thing was
 * known, while the portal cannot see whether the move goes on.
 */
export function Duration(props: { migration: Migration; frozenAt?: EpochMs }) {
  const { migration, frozenAt } = props;
  return migration.outcome === 'active' && frozenAt === undefined ? (
    <RunningDuration migration={migration} />
  ) : (
    <DurationText
      migration={migration}
      now={frozenAt ?? Date.parse(migration.updatedAt)}
    />
  );
}

function RunningDuration({ migration }: { migration: Migration }) {
  return <DurationText migration={migration} now={useNow('second')} />;
}

function DurationText(props: { migration: Migration; now: EpochMs }) {
  const t = useTranslate();
  return <>{durationText(durationOf(props.migration, props.now), t)}</>;
}
