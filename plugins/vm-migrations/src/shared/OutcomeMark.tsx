import { makeStyles } from '@material-ui/core/styles';
import type { Outcome } from 'backstage-plugin-vm-migrations-common';
import { outcomeWord } from '../logic/migrationState';
import { Mark, type MarkName } from './Mark';
import { useTranslate } from './useTranslate';

/** The mark that goes with an outcome. */
export function outcomeMarkName(outcome: Outcome): MarkName {
  return outcome === 'active' ? 'running' : outcome;
}

const useStyles = makeStyles({
  root: { display: 'inline-flex', alignItems: 'center', gap: 6 },
});

/** How a move ended: its mark and, in the colour of text, its word. */
export function OutcomeMark(props: { outcome: Outcome; quiet?: boolean }) {
  const { outcome, quiet } = props;
  const classes = useStyles();
  const t = useTranslate();
  return (
    <span className={classes.root}>
      <Mark name={outcomeMarkName(outcome)} quiet={quiet} />
      {outcomeWord(outcome, t)}
    </span>
  );
}
