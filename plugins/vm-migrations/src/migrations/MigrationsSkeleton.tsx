import { makeStyles } from '@material-ui/core/styles';
import { paletteOf } from '../shared/palette';
import { useTranslate } from '../shared/useTranslate';
import { visuallyHidden } from '../shared/visuallyHidden';

const ROWS = 8;

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    head: { height: 36 },
    row: {
      display: 'grid',
      gridTemplateColumns: '3fr 2fr 4fr 1fr',
      gap: 24,
      alignItems: 'center',
      height: 46,
      padding: '0 16px 0 44px',
      borderTop: `1px solid ${palette.divider}`,
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: '1fr',
        height: 72,
        padding: '0 16px',
      },
    },
    bar: {
      height: 12,
      borderRadius: 4,
      backgroundColor: palette.skeleton,
      [theme.breakpoints.down('xs')]: {
        '&:nth-child(n+3)': { display: 'none' },
      },
    },
    hidden: visuallyHidden,
  };
});

/** Stands in for the table, in its layout, while it is being loaded. */
export function MigrationsSkeleton() {
  const classes = useStyles();
  const t = useTranslate();
  return (
    <div role="status">
      <span className={classes.hidden}>{t('state.loading')}</span>
      <div aria-hidden="true">
        <div className={classes.head} />
        {Array.from({ length: ROWS }, (_, row) => (
          <div key={row} className={classes.row}>
            <span className={classes.bar} />
            <span className={classes.bar} />
            <span className={classes.bar} />
            <span className={classes.bar} />
          </div>
        ))}
      </div>
    </div>
  );
}
