import { makeStyles } from '@material-ui/core/styles';
import type { Migration } from 'backstage-plugin-vm-migrations-common';
import {
  phaseClass,
  phaseWord,
  type PhaseClass,
} from '../logic/migrationState';
import { Mark, type MarkName } from './Mark';
import { paletteOf } from './palette';
import { useTranslate } from './useTranslate';

/** The mark that goes with what a move under way is doing. */
export function phaseMarkName(phase: string): MarkName {
  const name = phaseClass(phase);
  return name === 'other' ? 'unknown' : name;
}

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    chip: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 4,
      minHeight: 20,
      maxWidth: '100%',
      padding: '1px 8px 1px 4px',
      borderRadius: 10,
      fontSize: 12,
      lineHeight: '16px',
      fontWeight: 700,
      overflowWrap: 'anywhere',
    },
    word: { fontSize: 12, lineHeight: '16px', fontWeight: 700 },
    running: { color: palette.running },
    preparing: { color: palette.running },
    waiting: { color: palette.waitingText },
    other: { color: palette.neutral },
    runningChip: { backgroundColor: palette.chipActive },
    preparingChip: { backgroundColor: palette.chipActive },
    waitingChip: { backgroundColor: palette.chipWaiting },
    otherChip: { backgroundColor: palette.chipNeutral },
    quiet: { color: 'inherit' },
  };
});

const chipClass = {
  running: 'runningChip',
  preparing: 'preparingChip',
  waiting: 'waitingChip',
  other: 'otherChip',
} as const satisfies Record<PhaseClass, string>;

/**
 * What a move under way is doing: a chip of mark and word, or the word alone beside a
 * mark that stands elsewhere. `quiet` takes the colour away, for data that is stale.
 */
export function PhaseMark(props: {
  migration: Migration;
  variant?: 'chip' | 'word';
  quiet?: boolean;
}) {
  const { migration, variant = 'chip', quiet = false } = props;
  const classes = useStyles();
  const t = useTranslate();
  const name = phaseClass(migration.phase);
  const colour = quiet ? classes.quiet : classes[name];
  const word = phaseWord(migration, t);
  if (variant === 'word') {
    return <span className={`${classes.word} ${colour}`}>{word}</span>;
  }
  return (
    <span
      className={`${classes.chip} ${colour} ${
        classes[chipClass[quiet ? 'other' : name]]
      }`}
    >
      <Mark name={phaseMarkName(migration.phase)} size={14} quiet={quiet} />
      {word}
    </span>
  );
}
