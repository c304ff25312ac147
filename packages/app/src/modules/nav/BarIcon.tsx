import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles({ root: { display: 'flex', fontSize: 24 } });

/** An icon in the size that the bar of narrow screens has for icons. */
export function BarIcon({ children }: { children: ReactNode }) {
  const classes = useStyles();
  return <span className={classes.root}>{children}</span>;
}
