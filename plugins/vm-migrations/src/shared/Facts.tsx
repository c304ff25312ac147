import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { paletteOf } from './palette';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(80px, max-content) minmax(0, 1fr)',
    gap: '4px 12px',
    margin: 0,
    fontSize: 12,
    lineHeight: '18px',
    fontVariantNumeric: 'tabular-nums',
  },
  name: { color: paletteOf(theme).textSecondary },
  value: { margin: 0, overflowWrap: 'anywhere' },
}));

/** Names and values below each other; what has no value is left out. */
export function Facts(props: { facts: readonly [string, ReactNode][] }) {
  const classes = useStyles();
  return (
    <dl className={classes.list}>
      {props.facts
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
    </dl>
  );
}

function Fact(props: { name: string; value: ReactNode }) {
  const classes = useStyles();
  return (
    <>
      <dt className={classes.name}>{props.name}</dt>
      <dd className={classes.value}>{props.value}</dd>
    </>
  );
}
