import { makeStyles } from '@material-ui/core/styles';
import { paletteOf } from './palette';

/**
 * The small shapes that stand for a state wherever one is shown. A mark never stands
 * alone: the word beside it says the same, so marks are hidden from screen readers.
 *
 * Each is drawn in a box of 16 × 16 in the colour of its state; `cut out` parts are holes,
 * so that marks look the same on every ground.
 */
export type MarkName =
  | 'running'
  | 'preparing'
  | 'waiting'
  | 'succeeded'
  | 'failed'
  | 'timed-out'
  | 'cancelled'
  | 'unknown'
  | 'blind';

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

const SHAPES: Record<MarkName, JSX.Element> = {
  running: (
    <path
      fill="currentColor"
      fillRule="evenodd"
      d="M8 .75a7.25 7.25 0 1 1 0 14.5A7.25 7.25 0 0 1 8 .75ZM8.6 4.2 7.5 5.3l1.9 1.95H4v1.5h5.4l-1.9 1.95 1.1 1.1L12.4 8Z"
    />
  ),
  preparing: (
    <>
      <circle cx="8" cy="8" r="6.5" {...line} />
      <path fill="currentColor" d="M8 1.5a6.5 6.5 0 0 0 0 13Z" />
    </>
  ),
  waiting: (
    <>
      <path
        {...line}
        d="M3.5 1.5h9M3.5 14.5h9M4.75 1.75c0 3.5 2 4.5 3.25 6.25-1.25 1.75-3.25 2.75-3.25 6.25M11.25 1.75c0 3.5-2 4.5-3.25 6.25 1.25 1.75 3.25 2.75 3.25 6.25"
      />
      <path
        fill="currentColor"
        d="M6.2 4.6h3.6c-.4.9-1.1 1.6-1.8 2.4-.7-.8-1.4-1.5-1.8-2.4ZM5.6 13.4c.4-1.4 1.4-2.2 2.4-2.9 1 .7 2 1.5 2.4 2.9Z"
      />
    </>
  ),
  succeeded: <path {...line} strokeWidth={2} d="m2.5 8.5 3.7 3.8 7.3-8.1" />,
  failed: (
    <path
      fill="currentColor"
      fillRule="evenodd"
      d="M5 .75h6L15.25 5v6L11 15.25H5L.75 11V5Zm.9 4.1L4.85 5.9 6.95 8l-2.1 2.1 1.05 1.05L8 9.05l2.1 2.1 1.05-1.05L9.05 8l2.1-2.1-1.05-1.05L8 6.95Z"
    />
  ),
  'timed-out': (
    <>
      <circle cx="8" cy="9" r="5.75" {...line} />
      <path {...line} d="M6 1h4M8 1v2.2M12.4 4.6l1-1M8 9V5.8M8 9l2 1.4" />
    </>
  ),
  cancelled: (
    <>
      <circle cx="8" cy="8" r="6.5" {...line} />
      <path {...line} d="m3.6 12.4 8.8-8.8" />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.5" {...line} strokeDasharray="2.4 2.1" />
      <path {...line} d="M6.3 6.4a1.75 1.75 0 1 1 2.6 1.6c-.6.35-.9.7-.9 1.3" />
      <circle cx="8" cy="11.4" r=".95" fill="currentColor" />
    </>
  ),
  blind: (
    <>
      <path
        {...line}
        d="M1 8c1.6-2.9 4.1-4.4 7-4.4s5.4 1.5 7 4.4c-1.6 2.9-4.1 4.4-7 4.4S2.6 10.9 1 8Z"
      />
      <circle cx="8" cy="8" r="2" {...line} />
      <path {...line} d="M2.5 14 13.5 2" />
    </>
  ),
};

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    root: { flex: 'none', display: 'block', overflow: 'visible' },
    running: { color: palette.running },
    preparing: { color: palette.running },
    waiting: { color: palette.waitingMark },
    succeeded: { color: palette.succeeded },
    failed: { color: palette.failed },
    'timed-out': { color: palette.failed },
    cancelled: { color: palette.neutral },
    unknown: { color: palette.neutral },
    blind: { color: palette.neutral },
  };
});

/** The mark of a state; `quiet` takes its colour from the text, for data that is stale. */
export function Mark(props: {
  name: MarkName;
  size?: 12 | 14 | 16 | 20 | 24 | 32;
  quiet?: boolean;
}) {
  const { name, size = 16, quiet = false } = props;
  const classes = useStyles();
  return (
    <svg
      className={quiet ? classes.root : `${classes.root} ${classes[name]}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
      data-mark={name}
    >
      {SHAPES[name]}
    </svg>
  );
}
