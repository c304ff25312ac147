import { makeStyles } from '@material-ui/core/styles';
import type { Migration } from 'backstage-plugin-vm-migrations-common';
import type { EpochMs } from '../logic/units';
import { CopyButton } from '../shared/CopyButton';
import { useTranslate } from '../shared/useTranslate';
import { AboutMigration } from './AboutMigration';
import { MigrationObjects } from './MigrationObjects';
import { PhaseList } from './PhaseList';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1.5fr) minmax(0, 1fr)',
    gap: '16px 24px',
    paddingTop: 12,
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  section: { minWidth: 0 },
  title: {
    margin: '0 0 4px',
    fontSize: 14,
    lineHeight: '20px',
    fontWeight: 700,
  },
  message: {
    margin: '0 0 12px',
    fontFamily: 'monospace',
    fontSize: 12,
    lineHeight: '18px',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  actions: { marginTop: 12 },
}));

/** Everything that the record of a move holds, below its row. */
export function MigrationDetails(props: {
  migration: Migration;
  frozenAt?: EpochMs;
}) {
  const { migration, frozenAt } = props;
  const classes = useStyles();
  const t = useTranslate();
  const message = migration.failure?.message;
  return (
    <div className={classes.root}>
      <section className={classes.section}>
        <h3 className={classes.title}>{t('details.about')}</h3>
        <AboutMigration migration={migration} />
      </section>
      <section className={classes.section}>
        <h3 className={classes.title}>{t('details.phases')}</h3>
        <PhaseList migration={migration} frozenAt={frozenAt} />
      </section>
      <section className={classes.section}>
        {message !== undefined && (
          <>
            <h3 className={classes.title}>{t('details.failure')}</h3>
            <p className={classes.message}>{message}</p>
          </>
        )}
        <h3 className={classes.title}>{t('details.objects')}</h3>
        <MigrationObjects migration={migration} />
        <div className={classes.actions}>
          <CopyButton text={JSON.stringify(migration, undefined, 2)}>
            {t('details.copyJson')}
          </CopyButton>
        </div>
      </section>
    </div>
  );
}
