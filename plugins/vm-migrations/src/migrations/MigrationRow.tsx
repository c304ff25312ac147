import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import ClosedIcon from '@material-ui/icons/ChevronRight';
import OpenIcon from '@material-ui/icons/ExpandMore';
import { memo, useId } from 'react';
import { routeOf } from '../logic/route';
import { Duration } from '../shared/Duration';
import { paletteOf } from '../shared/palette';
import { ClockTime, Time } from '../shared/Time';
import { useTranslate } from '../shared/useTranslate';
import { MigrationDetails } from './MigrationDetails';
import type { MigrationItemProps } from './MigrationItem';
import { RouteText } from './RouteText';
import { useRowStyles } from './rowStyles';
import { StateCell } from './StateCell';

/** How many columns the table has; what spans all of them needs it. */
export const COLUMNS = 6;

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    row: {
      cursor: 'pointer',
      '&:hover': { backgroundColor: palette.openRow },
      '& > td': {
        padding: '5px 12px 5px 0',
        verticalAlign: 'top',
        borderTop: `1px solid ${palette.divider}`,
      },
      '& > td:first-child': { padding: '5px 0 5px 8px' },
    },
    open: { backgroundColor: palette.openRow },
    numbers: { textAlign: 'right' },
    details: {
      padding: '0 16px 16px 44px',
      borderTop: `1px solid ${palette.divider}`,
      backgroundColor: palette.openRow,
    },
  };
});

function Row(props: MigrationItemProps) {
  const { migration, blind, sites, frozenAt, isOpen, onToggle } = props;
  const { id, vm, createdAt } = migration;
  const classes = useStyles();
  const row = useRowStyles();
  const t = useTranslate();
  const detailsId = useId();
  const route = routeOf(migration, sites, t);
  const toggle = () => onToggle(id);
  return (
    <>
      <tr
        className={isOpen ? `${classes.row} ${classes.open}` : classes.row}
        onClick={toggle}
      >
        <td>
          <ButtonBase
            className={row.toggle}
            disableRipple
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailsId : undefined}
            aria-label={t('table.showDetails', { vm: vm.name })}
            onClick={event => {
              event.stopPropagation();
              toggle();
            }}
          >
            {isOpen ? <OpenIcon /> : <ClosedIcon />}
          </ButtonBase>
        </td>
        <td>
          <StateCell
            migration={migration}
            blind={blind}
            quiet={frozenAt !== undefined}
          />
        </td>
        <td>
          <div className={`${row.first} ${row.name}`}>{vm.name}</div>
          <div className={row.second}>{vm.namespace}</div>
        </td>
        <td>
          <div className={row.first}>
            <RouteText line={route.places} />
          </div>
          <div className={row.second}>
            <RouteText line={route.nodes} prefix={route.cluster} />
          </div>
        </td>
        <td>
          <div className={row.first}>
            <Time at={createdAt} />
          </div>
          <div className={row.second}>
            <ClockTime at={createdAt} />
          </div>
        </td>
        <td className={`${row.first} ${classes.numbers}`}>
          <Duration migration={migration} frozenAt={frozenAt} />
        </td>
      </tr>
      {isOpen && (
        <tr id={detailsId}>
          <td colSpan={COLUMNS} className={classes.details}>
            <MigrationDetails migration={migration} frozenAt={frozenAt} />
          </td>
        </tr>
      )}
    </>
  );
}

/** A migration as a row of the table, and below it its details while it is open. */
export const MigrationRow = memo(Row);
