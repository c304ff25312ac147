import { makeStyles } from '@material-ui/core/styles';
import { paletteOf } from './palette';

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    root: { display: 'flex', gap: 2, height: 6, color: palette.running },
    quiet: { color: palette.neutral },
    done: { flex: 1, backgroundColor: 'currentColor' },
    present: {
      flex: 1,
      backgroundColor: palette.track,
      backgroundImage:
        'repeating-linear-gradient(115deg, currentColor 0 3px, transparent 3px 5px)',
    },
    coming: { flex: 1, backgroundColor: palette.track },
  };
});

/**
 * How many of its phases a move has passed: done ones filled, the present one striped.
 * The words beside it say the same, so it is hidden from screen readers.
 */
export function PhaseSteps(props: {
  step: number;
  steps: number;
  quiet?: boolean;
}) {
  const { step, steps, quiet = false } = props;
  const classes = useStyles();
  return (
    <div
      className={quiet ? `${classes.root} ${classes.quiet}` : classes.root}
      aria-hidden="true"
    >
      {Array.from({ length: steps }, (_, index) => (
        <span key={index} className={classes[segment(index + 1, step)]} />
      ))}
    </div>
  );
}

function segment(number: number, step: number): 'done' | 'present' | 'coming' {
  if (number < step) {
    return 'done';
  }
  return number === step ? 'present' : 'coming';
}
