import type { LegRole, MigrationKind } from './Migration';

/**
 * KubeVirt's phases of a VirtualMachineInstanceMigration in the order in which
 * they are passed. The empty string is the time before the first phase is set.
 * A phase is a plain string in KubeVirt's schema: others may appear and are kept.
 *
 * @public
 */
export const PHASES = [
  '',
  'WaitingForSync',
  'Synchronizing',
  'Pending',
  'Scheduling',
  'Scheduled',
  'PreparingTarget',
  'TargetReady',
  'Running',
  'Succeeded',
  'Failed',
] as const;

/** One of KubeVirt's phases known today. @public */
export type KnownPhase = (typeof PHASES)[number];

/**
 * True for the two phases after which a migration never changes its phase again.
 *
 * @public
 */
export function isFinalPhase(phase: string): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/**
 * Place of a phase in {@link PHASES}; an unknown phase counts as between `Running`
 * and the final ones, because nothing is known of it but that it is not final.
 *
 * @public
 */
export function phaseRank(phase: string): number {
  const rank = (PHASES as readonly string[]).indexOf(phase);
  return rank < 0 ? PHASES.indexOf('Running') + 0.5 : rank;
}

/**
 * The phases that a successful migration of this kind passes, seen from one of
 * its legs, in order. In-cluster moves never wait for another cluster; of a pair
 * the source synchronizes and the target waits for it.
 *
 * @public
 */
export function phasesOf(kind: MigrationKind, role: LegRole): KnownPhase[] {
  const first: KnownPhase[] = [];
  if (kind !== 'in-cluster') {
    first.push(role === 'source' ? 'Synchronizing' : 'WaitingForSync');
  }
  return [
    ...first,
    'Pending',
    'Scheduling',
    'Scheduled',
    'PreparingTarget',
    'TargetReady',
    'Running',
    'Succeeded',
  ];
}
