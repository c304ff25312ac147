import { makeStyles } from '@material-ui/core/styles';
import { ActionButton } from '../shared/ActionButton';
import { paletteOf } from '../shared/palette';
import { useTranslate } from '../shared/useTranslate';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 12 },
  text: {
    fontSize: 12,
    lineHeight: '16px',
    color: paletteOf(theme).textSecondary,
  },
}));

/** Below a list of which not everything is loaded: how much is, and a way to more. */
export function LoadMore(props: {
  shown: number;
  total: number;
  state: 'idle' | 'loading' | 'failed';
  onLoadMore: () => void;
}) {
  const { shown, total, state, onLoadMore } = props;
  const classes = useStyles();
  const t = useTranslate();
  return (
    <div className={classes.root}>
      <ActionButton disabled={state === 'loading'} onClick={onLoadMore}>
        {state === 'loading' ? t('table.loadingMore') : t('table.loadMore')}
      </ActionButton>
      <span className={classes.text} role="status">
        {state === 'failed'
          ? t('table.loadMoreFailed')
          : t('table.shown', { shown, total })}
      </span>
    </div>
  );
}
