import { makeStyles } from '@material-ui/core/styles';
import ScheduleIcon from '@material-ui/icons/Schedule';
import { useConnection } from '../live';
import { relativeTime } from '../logic/time';
import { ActionButton } from './ActionButton';
import { paletteOf } from './palette';
import { useNow } from './useNow';
import { useTimeFormats } from './useTimeFormats';
import { useTranslate } from './useTranslate';

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    root: {
      display: 'flex',
      alignItems: 'center',
      gap: 8,
      minHeight: 40,
      padding: '4px 8px 4px 12px',
      borderLeft: `3px solid ${palette.waitingText}`,
      borderRadius: 4,
      backgroundColor: palette.chipWaiting,
      color: theme.palette.text.primary,
      fontSize: 12,
      lineHeight: '16px',
      fontVariantNumeric: 'tabular-nums',
    },
    icon: { color: palette.waitingMark, fontSize: 20 },
    text: { flex: 1, minWidth: 0 },
  };
});

/** Above data that is no longer live: since when, how old it is, and a way to try again. */
export function StaleBar() {
  const { connection, syncedAt, retryNow } = useConnection();
  return connection.state === 'offline' && syncedAt !== undefined ? (
    <Bar since={connection.since} syncedAt={syncedAt} onRetry={retryNow} />
  ) : null;
}

function Bar(props: { since: number; syncedAt: number; onRetry: () => void }) {
  const { since, syncedAt, onRetry } = props;
  const classes = useStyles();
  const t = useTranslate();
  const formats = useTimeFormats();
  const now = useNow('second');
  return (
    <div className={classes.root}>
      <ScheduleIcon className={classes.icon} aria-hidden="true" />
      <span className={classes.text}>
        <strong>
          {t('live.staleTitle', { time: formats.shortClock(since) })}
        </strong>{' '}
        {t('live.shownAsOf', {
          time: formats.clock(syncedAt),
          age: relativeTime(syncedAt, now, t, formats),
        })}
      </span>
      <ActionButton onClick={onRetry}>{t('live.tryNow')}</ActionButton>
    </div>
  );
}
