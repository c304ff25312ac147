import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { paletteOf } from '../shared/palette';
import { useTranslate } from '../shared/useTranslate';
import { MigrationItems } from './MigrationItems';
import { MigrationListItem } from './MigrationListItem';
import type { MigrationGroup, MigrationGroupsProps } from './MigrationGroups';

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    root: { fontVariantNumeric: 'tabular-nums' },
    busy: { opacity: 0.6 },
    title: {
      margin: 0,
      padding: '6px 16px',
      fontSize: 12,
      lineHeight: '16px',
      fontWeight: 400,
      color: palette.textSecondary,
      backgroundColor: theme.palette.background.default,
      borderTop: `1px solid ${palette.divider}`,
      '& strong': { color: theme.palette.text.primary, marginRight: 4 },
    },
    list: { margin: 0, padding: 0, listStyle: 'none' },
    note: { padding: 16, borderTop: `1px solid ${palette.divider}` },
  };
});

/** Migrations as a list, for screens too narrow for the table. */
export function MigrationsList(props: MigrationGroupsProps) {
  const { groups, isBusy } = props;
  const classes = useStyles();
  return (
    <div
      className={isBusy ? `${classes.root} ${classes.busy}` : classes.root}
      aria-busy={isBusy}
    >
      {groups.map(group => (
        <Group key={group.name} {...props} group={group} />
      ))}
    </div>
  );
}

function Group(props: MigrationGroupsProps & { group: MigrationGroup }) {
  const { group } = props;
  const classes = useStyles();
  const t = useTranslate();
  const titleId = useId();
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId} className={classes.title}>
        <strong>{t(`table.${group.name}`)}</strong>{' '}
        {group.total !== undefined && t('table.total', { total: group.total })}
      </h2>
      <ul className={classes.list}>
        <MigrationItems {...props} group={group} Item={MigrationListItem} />
      </ul>
      {group.note !== undefined && (
        <div className={classes.note}>{group.note}</div>
      )}
    </section>
  );
}
