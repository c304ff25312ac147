import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import ScheduleIcon from '@material-ui/icons/Schedule';
import {
  useConnection,
  useLastEventAt,
  useStatus,
  type Connection,
} from '../live';
import type { TimeFormats } from '../logic/time';
import type { Translate } from '../translations';
import { Mark } from './Mark';
import { paletteOf } from './palette';
import { useTimeFormats } from './useTimeFormats';
import { useTranslate } from './useTranslate';
import { visuallyHidden } from './visuallyHidden';

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    root: {
      display: 'flex',
      alignItems: 'center',
      gap: 12,
      fontFamily: theme.typography.fontFamily,
      fontSize: 12,
      lineHeight: '16px',
      fontVariantNumeric: 'tabular-nums',
      color: theme.palette.text.primary,
      whiteSpace: 'nowrap',
    },
    state: { display: 'flex', alignItems: 'center', gap: 8 },
    calm: { color: palette.textSecondary },
    dot: {
      width: 8,
      height: 8,
      borderRadius: 4,
      backgroundColor: palette.succeeded,
    },
    connecting: { backgroundColor: palette.neutral },
    announcement: visuallyHidden,
    delayed: { fontSize: 16, color: palette.waitingMark },
    retry: {
      minHeight: 24,
      padding: '0 4px',
      borderRadius: 4,
      color: palette.running,
      font: 'inherit',
      fontSize: 12,
      textDecoration: 'underline',
      '&:focus-visible': { outline: '2px solid currentColor' },
    },
    demo: {
      padding: '1px 8px',
      border: '1px solid currentColor',
      borderRadius: 10,
      backgroundColor: palette.chipWaiting,
      color: palette.waitingText,
      font: 'inherit',
      fontSize: 12,
      fontWeight: 700,
      '&:focus-visible': { outline: '2px solid currentColor' },
    },
  };
});

/**
 * In the header of every page of the plugin: whether what is shown is live, and whether
 * it is made up.
 */
export function LiveStatus() {
  const classes = useStyles();
  const t = useTranslate();
  const { data: status } = useStatus();
  return (
    <section className={classes.root} aria-label={t('live.label')}>
      {status?.demo && <DemoChip />}
      <ConnectionState />
    </section>
  );
}

function DemoChip() {
  const classes = useStyles();
  const t = useTranslate();
  return (
    <Tooltip title={t('demo.explanation')}>
      <ButtonBase className={classes.demo} disableRipple>
        {t('demo.chip')}
      </ButtonBase>
    </Tooltip>
  );
}

function ConnectionState() {
  const classes = useStyles();
  const t = useTranslate();
  const formats = useTimeFormats();
  const isNarrow = useMediaQuery(useTheme().breakpoints.down('xs'));
  const { connection, retryNow } = useConnection();
  const lastEventAt = useLastEventAt();
  const state = displayed(connection);
  const isCalm = state !== 'delayed' && state !== 'offline';
  return (
    <>
      <span
        className={isCalm ? `${classes.state} ${classes.calm}` : classes.state}
      >
        <ConnectionMark state={state} />
        {isNarrow || state === 'forbidden'
          ? t(`live.${state}`)
          : connectionText(connection, lastEventAt, t, formats)}
      </span>
      {/* Apart from the visible text, which changes with every event. */}
      <span className={classes.announcement} role="status">
        {t(`live.${state}`)}
      </span>
      {state === 'offline' && (
        <ButtonBase className={classes.retry} disableRipple onClick={retryNow}>
          {t('live.tryNow')}
        </ButtonBase>
      )}
    </>
  );
}

type DisplayedState = Connection['state'] | 'forbidden';

/** Who may not see anything is not offline. */
function displayed(connection: Connection): DisplayedState {
  return connection.state === 'offline' &&
    connection.problem.type === 'forbidden'
    ? 'forbidden'
    : connection.state;
}

function ConnectionMark({ state }: { state: DisplayedState }) {
  const classes = useStyles();
  switch (state) {
    case 'offline':
      return <Mark name="failed" size={14} />;
    case 'delayed':
      return <ScheduleIcon className={classes.delayed} aria-hidden="true" />;
    case 'live':
      return <span className={classes.dot} />;
    default:
      return <span className={`${classes.dot} ${classes.connecting}`} />;
  }
}

function connectionText(
  connection: Connection,
  lastEventAt: string | undefined,
  t: Translate,
  formats: TimeFormats,
): string {
  switch (connection.state) {
    case 'offline':
      return t('live.offlineSince', {
        time: formats.shortClock(connection.since),
      });
    case 'delayed':
      return t('live.delayedSince', {
        time: formats.shortClock(connection.since),
      });
    case 'live':
      return lastEventAt === undefined
        ? t('live.live')
        : t('live.lastEvent', { time: formats.clock(Date.parse(lastEventAt)) });
    default:
      return t('live.connecting');
  }
}
