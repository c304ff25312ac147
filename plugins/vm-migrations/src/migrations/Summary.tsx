import { makeStyles } from '@material-ui/core/styles';
import { useTranslate } from '../shared/useTranslate';
import { visuallyHidden } from '../shared/visuallyHidden';
import type { MigrationGroup } from './MigrationGroups';

const useStyles = makeStyles({ root: visuallyHidden });

/** Tells a screen reader how many migrations a filter leaves. */
export function Summary({ groups }: { groups: readonly MigrationGroup[] }) {
  const classes = useStyles();
  const t = useTranslate();
  const totalOf = (name: MigrationGroup['name']) =>
    groups.find(group => group.name === name)?.total ?? 0;
  return (
    <p className={classes.root} role="status">
      {t('table.summary', {
        active: totalOf('active'),
        ended: totalOf('ended'),
      })}
    </p>
  );
}
