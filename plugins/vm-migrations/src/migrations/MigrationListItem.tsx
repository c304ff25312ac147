import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import ClosedIcon from '@material-ui/icons/ChevronRight';
import OpenIcon from '@material-ui/icons/ExpandMore';
import { memo, useId } from 'react';
import { phaseStep } from '../logic/migrationState';
import { routeOf } from '../logic/route';
import { Duration } from '../shared/Duration';
import { Mark } from '../shared/Mark';
import { outcomeMarkName } from '../shared/OutcomeMark';
import { paletteOf } from '../shared/palette';
import { phaseMarkName } from '../shared/PhaseMark';
import { PhaseSteps } from '../shared/PhaseSteps';
import { Time } from '../shared/Time';
import { useTranslate } from '../shared/useTranslate';
import { MigrationDetails } from './MigrationDetails';
import type { MigrationItemProps } from './MigrationItem';
import { RouteText } from './RouteText';
import { useRowStyles } from './rowStyles';
import { StateLine } from './StateLine';

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    item: { borderTop: `1px solid ${palette.divider}` },
    open: { backgroundColor: palette.openRow },
    head: {
      display: 'grid',
      gridTemplateColumns: '16px minmax(0, 1fr) 24px',
      columnGap: 8,
      alignItems: 'start',
      padding: '8px 8px 8px 16px',
    },
    mark: { paddingTop: 1 },
    body: { display: 'flex', flexDirection: 'column', gap: 2 },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      columnGap: 8,
    },
    details: { padding: '0 16px 16px' },
  };
});

function Item(props: MigrationItemProps) {
  const { migration, blind, sites, frozenAt, isOpen, onToggle } = props;
  const { id, vm, outcome, phase, createdAt } = migration;
  const classes = useStyles();
  const row = useRowStyles();
  const t = useTranslate();
  const detailsId = useId();
  const route = routeOf(migration, sites, t);
  const isActive = outcome === 'active';
  const quiet = frozenAt !== undefined || blind !== undefined;
  const step = isActive && !blind ? phaseStep(migration) : undefined;
  return (
    <li className={isOpen ? `${classes.item} ${classes.open}` : classes.item}>
      <div className={classes.head}>
        <span className={classes.mark}>
          <Mark
            name={isActive ? phaseMarkName(phase) : outcomeMarkName(outcome)}
            quiet={quiet}
          />
        </span>
        <div className={classes.body}>
          <div className={classes.line}>
            <span className={`${row.first} ${row.name}`}>{vm.name}</span>
            <span className={row.second}>
              {isActive ? (
                <Duration migration={migration} frozenAt={frozenAt} />
              ) : (
                t('table.took', {
                  started: <Time at={createdAt} />,
                  duration: <Duration migration={migration} />,
                })
              )}
            </span>
          </div>
          <StateLine migration={migration} blind={blind} quiet={quiet} />
          {step && <PhaseSteps {...step} quiet={quiet} />}
          <div className={row.second}>
            <RouteText line={route.places} />
          </div>
          <div className={row.second}>
            <RouteText line={route.nodes} prefix={route.cluster} />
          </div>
        </div>
        <ButtonBase
          className={row.toggle}
          disableRipple
          aria-expanded={isOpen}
          aria-controls={isOpen ? detailsId : undefined}
          aria-label={t('table.showDetails', { vm: vm.name })}
          onClick={() => onToggle(id)}
        >
          {isOpen ? <OpenIcon /> : <ClosedIcon />}
        </ButtonBase>
      </div>
      {isOpen && (
        <div id={detailsId} className={classes.details}>
          <MigrationDetails migration={migration} frozenAt={frozenAt} />
        </div>
      )}
    </li>
  );
}

/** A migration as an item of the list that narrow screens show. */
export const MigrationListItem = memo(Item);
