import { makeStyles } from '@material-ui/core/styles';
import type { Cluster, Migration } from 'backstage-plugin-vm-migrations-common';
import { outcomeWord, phaseStep } from '../logic/migrationState';
import { stateNote } from '../logic/stateNote';
import { PhaseMark } from '../shared/PhaseMark';
import { useTimeFormats } from '../shared/useTimeFormats';
import { useTranslate } from '../shared/useTranslate';
import { useRowStyles } from './rowStyles';

const useStyles = makeStyles({
  line: { display: 'flex', justifyContent: 'space-between', gap: 8 },
});

/** The state of a move in words, for where its mark stands elsewhere. */
export function StateLine(props: {
  migration: Migration;
  blind?: Cluster;
  quiet: boolean;
}) {
  const { migration, blind, quiet } = props;
  const classes = useStyles();
  const row = useRowStyles();
  const t = useTranslate();
  const formats = useTimeFormats();
  const note = stateNote(migration, blind, t, formats);
  const isActive = migration.outcome === 'active';
  const step = isActive && !blind ? phaseStep(migration) : undefined;
  return (
    <>
      <div className={classes.line}>
        {isActive ? (
          <PhaseMark variant="word" migration={migration} quiet={quiet} />
        ) : (
          <span className={row.step}>{outcomeWord(migration.outcome, t)}</span>
        )}
        {step && (
          <span className={row.second}>
            {t('phase.step', {
              step: String(step.step),
              steps: String(step.steps),
            })}
          </span>
        )}
      </div>
      {note !== undefined && (
        <div className={row.note} title={note}>
          {note}
        </div>
      )}
    </>
  );
}
