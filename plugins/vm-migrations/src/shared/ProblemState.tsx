import { makeStyles } from '@material-ui/core/styles';
import LockIcon from '@material-ui/icons/Lock';
import RefreshIcon from '@material-ui/icons/Refresh';
import type { Problem } from '../api';
import { ActionButton } from './ActionButton';
import { CopyButton } from './CopyButton';
import { DataState } from './DataState';
import { Mark } from './Mark';
import { problemText } from './problemText';
import { useTranslate } from './useTranslate';

const useStyles = makeStyles({
  lock: { fontSize: 32 },
  code: { fontFamily: 'monospace', fontSize: '0.9em' },
});

/**
 * Why nothing could be loaded: the account may not see it, or something went wrong, with
 * the next step for each.
 */
export function ProblemState(props: {
  problem: Problem;
  /** The permission whose lack the server would answer with. */
  permission: string;
  onRetry: () => void;
}) {
  const { problem, permission, onRetry } = props;
  const classes = useStyles();
  const t = useTranslate();
  if (problem.type === 'forbidden') {
    return (
      <DataState
        icon={<LockIcon className={classes.lock} />}
        title={t('state.forbiddenTitle')}
        text={t('state.forbiddenText', {
          permission: <code className={classes.code}>{permission}</code>,
        })}
      />
    );
  }
  return (
    <DataState
      icon={<Mark name="failed" size={32} />}
      title={t('state.errorTitle')}
      text={problemText(problem, t)}
      actions={
        <>
          <ActionButton startIcon={<RefreshIcon />} onClick={onRetry}>
            {t('state.tryNow')}
          </ActionButton>
          <CopyButton text={problem.message}>
            {t('state.copyDetails')}
          </CopyButton>
        </>
      }
    />
  );
}
