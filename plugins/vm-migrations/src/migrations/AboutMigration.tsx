import { makeStyles } from '@material-ui/core/styles';
import type {
  Migration,
  MigrationKind,
} from 'backstage-plugin-vm-migrations-common';
import { outcomeWord } from '../logic/migrationState';
import { Facts } from '../shared/Facts';
import { AbsoluteTime } from '../shared/Time';
import { useTranslate } from '../shared/useTranslate';

const useStyles = makeStyles({
  note: { margin: '0 0 8px', fontSize: 14, lineHeight: '18px' },
});

const KINDS = {
  'in-cluster': 'details.kindInCluster',
  'cross-cluster': 'details.kindCrossCluster',
  'cross-namespace': 'details.kindCrossNamespace',
} as const satisfies Record<MigrationKind, string>;

/** When a move was what, and how it was done. */
export function AboutMigration({ migration }: { migration: Migration }) {
  const classes = useStyles();
  const t = useTranslate();
  const { disagreement, startedAt, endedAt } = migration;
  return (
    <>
      {disagreement && (
        <p className={classes.note}>
          {t('reason.disagreement', {
            source: outcomeWord(disagreement.source, t).toLowerCase(),
            target: outcomeWord(disagreement.target, t).toLowerCase(),
          })}
        </p>
      )}
      <Facts
        facts={[
          [t('details.kind'), t(KINDS[migration.kind])],
          [t('details.created'), <AbsoluteTime at={migration.createdAt} />],
          [
            t('details.copyingBegan'),
            startedAt && <AbsoluteTime at={startedAt} />,
          ],
          [t('details.ended'), endedAt && <AbsoluteTime at={endedAt} />],
          [t('details.firstSeen'), <AbsoluteTime at={migration.observedAt} />],
          [t('details.mode'), migration.mode],
          [t('details.policy'), migration.policy?.name],
        ]}
      />
    </>
  );
}
