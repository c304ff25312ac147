import { makeStyles } from '@material-ui/core/styles';
import {
  isFinalPhase,
  type Migration,
} from 'backstage-plugin-vm-migrations-common';
import {
  phaseTimeline,
  type LegTimeline,
  type PhaseTimeline,
} from '../logic/phaseTimeline';
import type { EpochMs } from '../logic/units';
import { paletteOf } from '../shared/palette';
import { useNow } from '../shared/useNow';
import { useTranslate } from '../shared/useTranslate';
import { PhaseRow } from './PhaseRow';

const useStyles = makeStyles(theme => ({
  leg: {
    fontSize: 12,
    lineHeight: '16px',
    fontWeight: 700,
    margin: '4px 0',
    overflowWrap: 'anywhere',
  },
  rows: { margin: '0 0 8px', padding: 0, listStyle: 'none' },
  minor: {
    margin: 0,
    fontSize: 12,
    lineHeight: '16px',
    color: paletteOf(theme).textSecondary,
  },
}));

/** The phases that a move has passed, a list per leg, all on one axis of time. */
export function PhaseList(props: { migration: Migration; frozenAt?: EpochMs }) {
  const { migration, frozenAt } = props;
  return migration.outcome === 'active' && frozenAt === undefined ? (
    <RunningPhases migration={migration} />
  ) : (
    <Phases
      migration={migration}
      now={frozenAt ?? Date.parse(migration.updatedAt)}
    />
  );
}

function RunningPhases({ migration }: { migration: Migration }) {
  return <Phases migration={migration} now={useNow('second')} />;
}

function Phases(props: { migration: Migration; now: EpochMs }) {
  const { migration, now } = props;
  const timeline = phaseTimeline(migration, now);
  return (
    <>
      {timeline.legs.map(leg => (
        <LegPhases key={leg.leg.uid} timeline={timeline} leg={leg} />
      ))}
    </>
  );
}

function LegPhases(props: { timeline: PhaseTimeline; leg: LegTimeline }) {
  const { timeline, leg } = props;
  const classes = useStyles();
  const t = useTranslate();
  const { role, cluster, outcome } = leg.leg;
  return (
    <>
      {role !== 'local' && (
        <h4 className={classes.leg}>
          {t(`details.${role}`)}, {cluster}
        </h4>
      )}
      {leg.spans.length === 0 && (
        <p className={classes.minor}>{t('details.noPhases')}</p>
      )}
      <ol className={classes.rows}>
        {leg.spans.map(span => (
          <PhaseRow
            key={span.phase}
            span={span}
            axis={timeline}
            finalOutcome={isFinalPhase(span.phase) ? outcome : undefined}
          />
        ))}
      </ol>
      {leg.notReached > 0 && (
        <p className={classes.minor}>
          {t('details.notReached', { count: leg.notReached })}
        </p>
      )}
    </>
  );
}
