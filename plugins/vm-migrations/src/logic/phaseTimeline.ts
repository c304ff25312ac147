import {
  isFinalPhase,
  phasesOf,
  type Migration,
  type MigrationLeg,
  type PhaseTransition,
} from 'backstage-plugin-vm-migrations-common';
import type { EpochMs, Milliseconds } from './units';

/** One phase of one leg: from its first entry to that of the next one. */
export interface PhaseSpan {
  phase: string;
  at: EpochMs;
  timeSource: PhaseTransition['timeSource'];
  /** Absent for a final phase and where the end is not known. */
  durationMs?: Milliseconds;
  /** It is the phase that the leg is in now. */
  running: boolean;
}

/** The phases of one leg, in the order in which it entered them. */
export interface LegTimeline {
  leg: MigrationLeg;
  spans: PhaseSpan[];
  /** How many phases of a successful move this one ended without reaching. */
  notReached: number;
}

/** All legs on one axis of time. */
export interface PhaseTimeline {
  start: EpochMs;
  end: EpochMs;
  legs: LegTimeline[];
}

/**
 * Lays the phases of a migration out in time, a lane per leg, on one axis:
 *
 *     leg A   │▓▓│▓▓▓▓▓▓▓│▓▓│▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓|
 *     leg B    │▓│▓▓▓▓▓▓▓▓▓│▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓|
 *           start                           end, or now
 *
 * Equal seconds keep the order of the record; nothing has a negative length, also when
 * the clocks of two clusters differ.
 */
export function phaseTimeline(
  migration: Pick<
    Migration,
    'kind' | 'outcome' | 'legs' | 'transitions' | 'createdAt' | 'endedAt'
  >,
  now: EpochMs,
): PhaseTimeline {
  const isActive = migration.outcome === 'active';
  const until = isActive ? now : timeOf(migration.endedAt);
  const legs = migration.legs.map((leg): LegTimeline => {
    const transitions = migration.transitions.filter(
      transition => transition.leg === leg.uid,
    );
    return {
      leg,
      spans: transitions.map((transition, index) =>
        spanOf(leg, transition, transitions[index + 1], { isActive, until }),
      ),
      notReached: notReached(migration, leg, transitions),
    };
  });
  const spans = legs.flatMap(leg => leg.spans);
  const start = Math.min(
    Date.parse(migration.createdAt),
    ...spans.map(span => span.at),
  );
  const end = Math.max(
    start,
    ...spans.map(span => span.at + (span.durationMs ?? 0)),
  );
  return { start, end, legs };
}

function spanOf(
  leg: MigrationLeg,
  { phase, at, timeSource }: PhaseTransition,
  next: PhaseTransition | undefined,
  whole: { isActive: boolean; until: EpochMs | undefined },
): PhaseSpan {
  const start = Date.parse(at);
  const end = timeOf(next?.at) ?? timeOf(leg.endedAt) ?? whole.until;
  return {
    phase,
    at: start,
    timeSource,
    running: whole.isActive && !next && leg.outcome === 'active',
    durationMs:
      isFinalPhase(phase) || end === undefined
        ? undefined
        : Math.max(0, end - start),
  };
}

function timeOf(time: string | undefined): EpochMs | undefined {
  return time === undefined ? undefined : Date.parse(time);
}

function notReached(
  { kind }: Pick<Migration, 'kind'>,
  leg: MigrationLeg,
  transitions: PhaseTransition[],
): number {
  if (leg.outcome === 'active' || leg.outcome === 'succeeded') {
    return 0;
  }
  const reached = new Set(transitions.map(transition => transition.phase));
  return phasesOf(kind, leg.role).filter(
    phase => !isFinalPhase(phase) && !reached.has(phase),
  ).length;
}
