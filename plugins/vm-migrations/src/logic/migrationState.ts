import {
  phasesOf,
  type KnownPhase,
  type Migration,
  type Outcome,
} from 'backstage-plugin-vm-migrations-common';
import type { Translate } from '../translations';

/**
 * What a migration is doing, in the words and shapes that are used everywhere: table,
 * details, and later panel, map, cards and exports. KubeVirt's phases keep their own
 * words, split; only waiting is retold. A phase that is not known here is shown as
 * KubeVirt writes it.
 */
export type PhaseClass = 'waiting' | 'preparing' | 'running' | 'other';

const CLASSES: Record<KnownPhase, PhaseClass> = {
  '': 'waiting',
  WaitingForSync: 'waiting',
  Synchronizing: 'waiting',
  Pending: 'waiting',
  Scheduling: 'preparing',
  Scheduled: 'preparing',
  PreparingTarget: 'preparing',
  TargetReady: 'preparing',
  Running: 'running',
  Succeeded: 'other',
  Failed: 'other',
};

const MESSAGES = {
  '': 'phase.justCreated',
  WaitingForSync: 'phase.waitingForSync',
  Synchronizing: 'phase.synchronizing',
  Pending: 'phase.pending',
  Scheduling: 'phase.scheduling',
  Scheduled: 'phase.scheduled',
  PreparingTarget: 'phase.preparingTarget',
  TargetReady: 'phase.targetReady',
  Running: 'phase.running',
  Succeeded: 'phase.succeeded',
  Failed: 'phase.failed',
} as const;

const TIMELINE_MESSAGES = {
  ...MESSAGES,
  '': 'timelinePhase.justCreated',
  WaitingForSync: 'timelinePhase.waitingForSync',
  Synchronizing: 'timelinePhase.synchronizing',
  Pending: 'timelinePhase.pending',
} as const;

function isKnown(phase: string): phase is KnownPhase {
  return Object.hasOwn(MESSAGES, phase);
}

/** Whether the move waits, prepares or copies. */
export function phaseClass(phase: string): PhaseClass {
  return isKnown(phase) ? CLASSES[phase] : 'other';
}

/** The phase of a move that is under way, as rows and chips say it. */
export function phaseWord(
  migration: Pick<Migration, 'phase' | 'mode'>,
  t: Translate,
): string {
  if (migration.phase === 'Running' && migration.mode === 'PostCopy') {
    return t('phase.runningPostCopy');
  }
  return isKnown(migration.phase)
    ? t(MESSAGES[migration.phase])
    : migration.phase;
}

/** A phase as a list of passed phases says it. */
export function timelinePhaseWord(phase: string, t: Translate): string {
  return isKnown(phase) ? t(TIMELINE_MESSAGES[phase]) : phase;
}

/** How a move ended, or that it has not. */
export function outcomeWord(outcome: Outcome, t: Translate): string {
  return t(`outcome.${outcome}`);
}

/**
 * Where a move under way stands among the phases that it has to pass, counted from 1.
 * Waiting is no progress and has no step; neither has a phase that is not known.
 */
export function phaseStep(
  migration: Pick<Migration, 'kind' | 'phase'>,
): { step: number; steps: number } | undefined {
  const { kind, phase } = migration;
  if (phaseClass(phase) !== 'preparing' && phaseClass(phase) !== 'running') {
    return undefined;
  }
  const toPass = phasesOf(kind, kind === 'in-cluster' ? 'local' : 'target');
  const index = toPass.findIndex(known => known === phase);
  return { step: index + 1, steps: toPass.length - 1 };
}
