import { makeStyles } from '@material-ui/core/styles';
import type { Cluster, Migration } from 'backstage-plugin-vm-migrations-common';
import { phaseStep } from '../logic/migrationState';
import { Mark } from '../shared/Mark';
import { OutcomeMark } from '../shared/OutcomeMark';
import { PhaseMark } from '../shared/PhaseMark';
import { PhaseSteps } from '../shared/PhaseSteps';
import { useTimeFormats } from '../shared/useTimeFormats';
import { useTranslate } from '../shared/useTranslate';
import { useRowStyles } from './rowStyles';
import { stateNote } from '../logic/stateNote';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: 8, flexWrap: 'wrap' },
  steps: { marginTop: 4 },
  blind: { display: 'flex', gap: 4, alignItems: 'center', marginTop: 2 },
  reason: { paddingLeft: 22 },
});

/** The state of a move: its phase with the steps passed, or its outcome with the reason. */
export function StateCell(props: {
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

  if (migration.outcome !== 'active') {
    return (
      <>
        <div className={row.first}>
          <OutcomeMark outcome={migration.outcome} quiet={quiet} />
        </div>
        {note !== undefined && (
          <div className={`${row.note} ${classes.reason}`} title={note}>
            {note}
          </div>
        )}
      </>
    );
  }
  const step = blind ? undefined : phaseStep(migration);
  return (
    <>
      <div className={classes.line}>
        <PhaseMark migration={migration} quiet={quiet || blind !== undefined} />
        {step && (
          <span className={row.step}>
            {t('phase.step', {
              step: String(step.step),
              steps: String(step.steps),
            })}
          </span>
        )}
      </div>
      {step && (
        <div className={classes.steps}>
          <PhaseSteps {...step} quiet={quiet} />
        </div>
      )}
      {note !== undefined && (
        <div className={`${row.second} ${classes.blind}`}>
          <Mark name="blind" size={12} />
          {note}
        </div>
      )}
    </>
  );
}
