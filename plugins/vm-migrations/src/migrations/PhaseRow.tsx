import { makeStyles } from '@material-ui/core/styles';
import type { Outcome } from 'backstage-plugin-vm-migrations-common';
import { formatDuration } from '../logic/duration';
import { phaseClass, timelinePhaseWord } from '../logic/migrationState';
import type { PhaseSpan, PhaseTimeline } from '../logic/phaseTimeline';
import { Mark } from '../shared/Mark';
import { outcomeMarkName } from '../shared/OutcomeMark';
import { paletteOf } from '../shared/palette';
import { useTimeFormats } from '../shared/useTimeFormats';
import { useTranslate } from '../shared/useTranslate';
import type { Translate } from '../translations';

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  const hatching = `repeating-linear-gradient(115deg, ${palette.waitingMark} 0 2px, transparent 2px 5px)`;
  return {
    row: {
      display: 'grid',
      gridTemplateColumns: '104px 56px minmax(24px, 1fr) 112px',
      columnGap: 8,
      alignItems: 'center',
      minHeight: 20,
      fontSize: 12,
      lineHeight: '16px',
      fontVariantNumeric: 'tabular-nums',
    },
    minor: { color: palette.textSecondary, whiteSpace: 'nowrap' },
    name: { overflowWrap: 'anywhere' },
    track: { position: 'relative', height: 10 },
    bar: {
      position: 'absolute',
      top: 0,
      bottom: 0,
      minWidth: 3,
      boxSizing: 'border-box',
      border: '1px solid',
      borderRadius: 2,
    },
    observed: { borderLeftStyle: 'dashed' },
    waiting: { borderColor: palette.waitingMark, backgroundImage: hatching },
    preparing: {
      borderColor: palette.running,
      backgroundColor: palette.preparingFill,
    },
    running: {
      borderColor: palette.running,
      backgroundColor: palette.running,
    },
    other: {
      borderColor: palette.neutral,
      backgroundColor: palette.chipNeutral,
    },
    end: { position: 'absolute', top: -1, transform: 'translateX(-12px)' },
  };
});

/** One phase: its name, when it was entered, where it lies on the axis, how long it took. */
export function PhaseRow(props: {
  span: PhaseSpan;
  axis: Pick<PhaseTimeline, 'start' | 'end'>;
  /** Of a final phase: how the leg ended, which its last phase cannot say. */
  finalOutcome?: Outcome;
}) {
  const { span, axis, finalOutcome } = props;
  const classes = useStyles();
  const t = useTranslate();
  const formats = useTimeFormats();
  const length = Math.max(1, axis.end - axis.start);
  const left = `${(100 * (span.at - axis.start)) / length}%`;
  const width = `${(100 * (span.durationMs ?? 0)) / length}%`;
  const isObserved = span.timeSource === 'observed';
  return (
    <li className={classes.row}>
      <span className={classes.name}>{timelinePhaseWord(span.phase, t)}</span>
      <time
        className={classes.minor}
        dateTime={new Date(span.at).toISOString()}
        title={
          isObserved
            ? `${formats.absolute(span.at)}, ${t('details.observed')}`
            : formats.absolute(span.at)
        }
      >
        {formats.clock(span.at)}
      </time>
      <span className={classes.track}>
        {finalOutcome === undefined ? (
          <span
            className={`${classes.bar} ${classes[phaseClass(span.phase)]} ${
              isObserved ? classes.observed : ''
            }`}
            style={{ left, width }}
          />
        ) : (
          <span className={classes.end} style={{ left }}>
            <Mark name={outcomeMarkName(finalOutcome)} size={12} />
          </span>
        )}
      </span>
      <span className={classes.minor}>{durationWords(span, t)}</span>
    </li>
  );
}

function durationWords(
  { durationMs, running, timeSource }: PhaseSpan,
  t: Translate,
): string {
  if (durationMs === undefined) {
    return '';
  }
  const duration = formatDuration(durationMs, t);
  if (running) {
    return t('duration.soFar', { duration });
  }
  return timeSource === 'observed'
    ? t('duration.about', { duration })
    : duration;
}
