import { makeStyles } from '@material-ui/core/styles';
import type { Problem } from '../api';
import { ActionButton } from '../shared/ActionButton';
import { Mark } from '../shared/Mark';
import { problemText } from '../shared/problemText';
import { useTranslate } from '../shared/useTranslate';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: 8,
    fontSize: 14,
    lineHeight: '20px',
  },
});

/** Stands in for a group that could not be loaded while the other one could. */
export function GroupProblem(props: { problem: Problem; onRetry: () => void }) {
  const { problem, onRetry } = props;
  const classes = useStyles();
  const t = useTranslate();
  return (
    <div className={classes.root}>
      <Mark name="failed" />
      {t('state.groupProblem')} {problemText(problem, t)}
      <ActionButton onClick={onRetry}>{t('state.tryNow')}</ActionButton>
    </div>
  );
}
