/**
 * What really happened, told by those who did it and not read back from the objects: the
 * yardstick for whatever record a watcher makes of them.
 */
import type { Clock } from '../../clock';
import {
  migrationIdOf,
  phaseOf,
  roleOf,
  type VirtualMachineInstanceMigration,
} from '../objects';
import { moveOf } from './moveOf';
import type { LegTruth, MoveTruth, TrueOutcome, TruePlace } from './types';

export class GroundTruth {
  readonly #clock: Clock;
  readonly #kept: number;
  /** uids of the legs whose objects are gone, in that order. */
  readonly #gone: string[] = [];
  readonly #legs = new Map<string, LegTruth>();
  /** Of each half the other one. */
  readonly #partners = new Map<string, string>();
  readonly #verdicts = new Map<string, TrueOutcome>();
  readonly #listeners: ((leg: LegTruth) => void)[] = [];

  /** @param kept - how many legs are remembered after their objects are gone */
  constructor(clock: Clock, kept = Infinity) {
    this.#clock = clock;
    this.#kept = kept;
  }

  /** Called for each leg when it was created, handed off, started, ended and deleted. */
  subscribe(listener: (leg: LegTruth) => void): void {
    this.#listeners.push(listener);
  }

  created(
    cluster: string,
    migration: VirtualMachineInstanceMigration,
    instanceNode: string | undefined,
  ): void {
    const role = roleOf(migration);
    const { uid, name, namespace } = migration.metadata;
    this.#store({
      cluster,
      uid,
      name,
      namespace,
      instanceName: migration.spec.vmiName,
      role,
      migrationID: migrationIdOf(migration),
      outcome: 'active',
      source: role === 'target' ? undefined : { cluster, node: instanceNode },
      target: role === 'source' ? undefined : { cluster },
      phases: [],
      createdAt: this.#now(),
      deleted: false,
    });
  }

  /** The phase of a migration has changed; after a final one the outcome stands. */
  entered(migration: VirtualMachineInstanceMigration): void {
    const leg = this.#legs.get(migration.metadata.uid);
    const phase = phaseOf(migration);
    if (!leg || phase === '' || leg.phases.includes(phase)) return;
    const phases = [...leg.phases, phase];
    if (phase === 'Succeeded' || phase === 'Failed') {
      const outcome =
        phase === 'Succeeded'
          ? 'succeeded'
          : this.#verdicts.get(leg.uid) ?? 'failed';
      this.#store({ ...leg, phases, outcome, endedAt: this.#now() });
    } else {
      this.#store({ ...leg, phases });
    }
  }

  /** Where a guest comes from or goes to has become known. */
  located(
    uid: string,
    places: { source?: TruePlace; target?: TruePlace },
  ): void {
    const leg = this.#legs.get(uid);
    if (leg) this.#store({ ...leg, ...places });
  }

  started(uid: string): void {
    const leg = this.#legs.get(uid);
    if (leg) this.#store({ ...leg, startedAt: this.#now() });
  }

  /** Says what a migration will have ended of, before its phase tells that it has. */
  judge(
    uid: string,
    verdict: Extract<TrueOutcome, 'failed' | 'cancelled' | 'timed-out'>,
    failureReason?: string,
  ): void {
    const leg = this.#legs.get(uid);
    if (!leg || leg.outcome !== 'active') return;
    if (!this.#verdicts.has(uid)) this.#verdicts.set(uid, verdict);
    if (failureReason) this.#store({ ...leg, failureReason });
  }

  deleted(uid: string): void {
    const leg = this.#legs.get(uid);
    if (!leg) return;
    const outcome = leg.outcome === 'active' ? 'unknown' : leg.outcome;
    this.#store({ ...leg, outcome, deleted: true });
    this.#gone.push(uid);
    if (this.#gone.length > this.#kept) this.#forget(this.#gone.shift());
  }

  paired(sourceUid: string, targetUid: string): void {
    this.#partners.set(sourceUid, targetUid);
    this.#partners.set(targetUid, sourceUid);
  }

  leg(uid: string): LegTruth | undefined {
    return this.#legs.get(uid);
  }

  partnerOf(uid: string): string | undefined {
    return this.#partners.get(uid);
  }

  /** In order of creation. */
  legs(): LegTruth[] {
    return [...this.#legs.values()];
  }

  /** In order of the creation of the leg that came first. */
  moves(): MoveTruth[] {
    const moves: MoveTruth[] = [];
    const told = new Set<string>();
    for (const leg of this.#legs.values()) {
      if (told.has(leg.uid)) continue;
      const partner = this.#legs.get(this.#partners.get(leg.uid) ?? '');
      told.add(leg.uid);
      if (partner) told.add(partner.uid);
      moves.push(moveOf(leg, partner));
    }
    return moves;
  }

  #forget(uid: string | undefined): void {
    if (uid === undefined) return;
    this.#legs.delete(uid);
    this.#verdicts.delete(uid);
    const partner = this.#partners.get(uid);
    this.#partners.delete(uid);
    if (partner) this.#partners.delete(partner);
  }

  #store(leg: LegTruth): void {
    this.#legs.set(leg.uid, leg);
    for (const listener of this.#listeners) listener(leg);
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}
