import { makeStyles } from '@material-ui/core/styles';
import DownIcon from '@material-ui/icons/ArrowDownward';
import { useId, type ReactNode } from 'react';
import { paletteOf } from '../shared/palette';
import { useTranslate } from '../shared/useTranslate';
import { visuallyHidden } from '../shared/visuallyHidden';
import { COLUMNS, MigrationRow } from './MigrationRow';
import { MigrationItems } from './MigrationItems';
import type { MigrationGroupsProps } from './MigrationGroups';

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      tableLayout: 'fixed',
      fontVariantNumeric: 'tabular-nums',
    },
    head: {
      height: 36,
      '& th': {
        padding: '0 12px 0 0',
        textAlign: 'left',
        fontSize: 12,
        lineHeight: '16px',
        fontWeight: 400,
        color: palette.textSecondary,
      },
    },
    expand: { width: 44 },
    state: { width: '24%' },
    vm: { width: '17%' },
    started: {
      width: 112,
      [theme.breakpoints.down('md')]: { width: 96 },
    },
    duration: {
      width: 120,
      [theme.breakpoints.down('md')]: { width: 88 },
    },
    // Twice, to outweigh what the head says of its cells.
    numbers: { '&&': { textAlign: 'right' } },
    sorted: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 4,
      fontWeight: 700,
      color: theme.palette.text.primary,
      '& svg': { fontSize: 14 },
    },
    group: {
      height: 28,
      '& th': {
        padding: '0 12px 0 44px',
        textAlign: 'left',
        fontSize: 12,
        lineHeight: '16px',
        fontWeight: 400,
        color: palette.textSecondary,
        backgroundColor: theme.palette.background.default,
        borderTop: `1px solid ${palette.divider}`,
      },
      '& strong': { color: theme.palette.text.primary, marginRight: 4 },
    },
    note: {
      padding: '12px 12px 12px 44px',
      borderTop: `1px solid ${palette.divider}`,
    },
    busy: { opacity: 0.6 },
    hidden: visuallyHidden,
  };
});

/** Migrations as a table in two groups: those under way and those that have ended. */
export function MigrationsTable(props: MigrationGroupsProps) {
  const { groups, isBusy } = props;
  const classes = useStyles();
  const t = useTranslate();
  const titleId = useId();
  return (
    <>
      <h2 id={titleId} className={classes.hidden}>
        {t('table.label')}
      </h2>
      <table
        className={isBusy ? `${classes.table} ${classes.busy}` : classes.table}
        aria-labelledby={titleId}
        aria-busy={isBusy}
      >
        <thead>
          <tr className={classes.head}>
            <th scope="col" className={classes.expand}>
              <span className={classes.hidden}>{t('table.details')}</span>
            </th>
            <th scope="col" className={classes.state}>
              {t('table.state')}
            </th>
            <th scope="col" className={classes.vm}>
              {t('table.vm')}
            </th>
            <th scope="col">{t('table.route')}</th>
            <th scope="col" className={classes.started} aria-sort="descending">
              <span className={classes.sorted}>
                {t('table.started')} <DownIcon aria-hidden="true" />
              </span>
            </th>
            <th
              scope="col"
              className={`${classes.duration} ${classes.numbers}`}
            >
              {t('table.duration')}
            </th>
          </tr>
        </thead>
        {groups.map(group => (
          <tbody key={group.name} aria-label={t(`table.${group.name}`)}>
            <tr className={classes.group}>
              <th scope="rowgroup" colSpan={COLUMNS}>
                <strong>{t(`table.${group.name}`)}</strong>{' '}
                {group.total !== undefined &&
                  t('table.total', { total: group.total })}
              </th>
            </tr>
            <MigrationItems {...props} group={group} Item={MigrationRow} />
            {group.note !== undefined && <NoteRow>{group.note}</NoteRow>}
          </tbody>
        ))}
      </table>
    </>
  );
}

function NoteRow({ children }: { children: ReactNode }) {
  const classes = useStyles();
  return (
    <tr>
      <td colSpan={COLUMNS} className={classes.note}>
        {children}
      </td>
    </tr>
  );
}
