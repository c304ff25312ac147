/**
 * The synchronization controllers of all clusters: they find the two halves of a
 * decentralized migration by its migrationID, carry the state of each to the other with a
 * lag, and pass on a cancellation. A half whose partner never comes waits for ever.
 */
import type { Clock } from '../../clock';
import type { Random } from '../../random';
import { instanceKeyOf, ReconcileQueue } from '../access';
import type { ClusterContext } from '../ClusterContext';
import { delay } from '../fate';
import {
  isFinal,
  migrationIdOf,
  phaseOf,
  roleOf,
  type VirtualMachineInstance,
  type VirtualMachineInstanceMigration,
} from '../objects';
import type { Range } from '../settings';
import type { GroundTruth } from '../truth';
import { administerHalf } from './administerHalf';
import { takeFromSource, takeFromTarget } from './exchange';

/** One half, as it was found first; another one of the same migrationID is passed over. */
interface Half {
  readonly context: ClusterContext;
  readonly key: string;
  readonly instanceKey: string;
  readonly uid: string;
  /** Its deletion was asked for before the hand-off. */
  isCancelled: boolean;
}

type Role = 'source' | 'target';

interface Pair {
  source?: Half;
  target?: Half;
  /** The controllers have reached each other; only then can they cancel for each other. */
  hasMet: boolean;
}

/** How often a half is called blocked for a moment although all is well. */
const FLICKER_ONE_IN = 40;

const BEFORE_HAND_OFF = new Set([
  '',
  'WaitingForSync',
  'Synchronizing',
  'Pending',
  'Scheduling',
  'Scheduled',
]);

export class SynchronizationController {
  readonly #random: Random;
  readonly #truth: GroundTruth;
  readonly #pairs = new Map<string, Pair>();
  /** migrationIDs by `cluster/namespace/name` of the instance. */
  readonly #idsByInstance = new Map<string, string>();
  readonly #administration: Record<Role, ReconcileQueue>;
  readonly #toTarget: ReconcileQueue;
  readonly #toSource: ReconcileQueue;
  readonly #cancellation: ReconcileQueue;

  constructor(clock: Clock, random: Random, truth: GroundTruth) {
    this.#random = random;
    this.#truth = truth;
    const queue = (reconcile: (id: string) => void) =>
      new ReconcileQueue(clock, reconcile);
    this.#administration = {
      source: queue(id => this.#administer(id, 'source')),
      target: queue(id => this.#administer(id, 'target')),
    };
    this.#toTarget = queue(id => this.#informTarget(id));
    this.#toSource = queue(id => this.#informSource(id));
    this.#cancellation = queue(id => this.#passCancellationOn(id));
  }

  attach(context: ClusterContext): void {
    context.objects.migrations.subscribe(({ key, previous, current }) => {
      const migration = current ?? previous;
      const id = migration && migrationIdOf(migration);
      if (!migration || id === undefined) return;
      if (current) this.#notice(context, key, id, current);
      else this.#forgetFinished(id);
      this.#enqueue(id, context);
    });
    context.objects.instances.subscribe(({ key }) => {
      const id = this.#idsByInstance.get(`${context.cluster}/${key}`);
      if (id !== undefined) this.#enqueue(id, context);
    });
  }

  #notice(
    context: ClusterContext,
    key: string,
    id: string,
    migration: VirtualMachineInstanceMigration,
  ): void {
    const role = roleOf(migration) === 'source' ? 'source' : 'target';
    const pair = this.#pairs.get(id) ?? { hasMet: false };
    this.#pairs.set(id, pair);
    const known = pair[role];
    if (!known || !migrationOf(known)) {
      const instanceKey = instanceKeyOf(migration);
      pair[role] = {
        context,
        key,
        instanceKey,
        uid: migration.metadata.uid,
        isCancelled: false,
      };
      this.#idsByInstance.set(`${context.cluster}/${instanceKey}`, id);
    }
    const half = pair[role];
    if (
      half?.uid === migration.metadata.uid &&
      migration.metadata.deletionTimestamp &&
      BEFORE_HAND_OFF.has(phaseOf(migration))
    ) {
      half.isCancelled = true;
    }
  }

  #forgetFinished(id: string): void {
    const pair = this.#pairs.get(id);
    const halves = [pair?.source, pair?.target].filter(
      half => half !== undefined,
    );
    if (halves.some(half => migrationOf(half))) return;
    this.#pairs.delete(id);
    for (const { context, instanceKey } of halves) {
      const index = `${context.cluster}/${instanceKey}`;
      if (this.#idsByInstance.get(index) === id) {
        this.#idsByInstance.delete(index);
      }
    }
  }

  #administer(id: string, role: Role): void {
    const pair = this.#pairs.get(id);
    const half = pair?.[role];
    const migration = half && migrationOf(half);
    if (!half || !migration) return;
    const partner = pair[role === 'source' ? 'target' : 'source'];
    administerHalf(half.context, migration, {
      hasPartner: partner !== undefined && migrationOf(partner) !== undefined,
      flickers: this.#random.integer(1, FLICKER_ONE_IN) === 1,
    });
  }

  #informTarget(id: string): void {
    const connected = this.#connected(id);
    if (!connected) return;
    const { source, target, pair } = connected;
    const from = instanceOf(source);
    const migration = migrationOf(target);
    if (!from || !migration || isFinal(migration)) return;
    pair.hasMet = true;
    this.#truth.paired(source.uid, target.uid);
    const { sourceState } = from.status?.migrationState ?? {};
    this.#truth.located(target.uid, {
      source: { cluster: source.context.cluster, node: sourceState?.node },
    });
    target.context.objects.instances.update(target.instanceKey, draft =>
      takeFromSource(
        draft,
        from,
        source.context.settings.synchronizationAddress,
      ),
    );
  }

  #informSource(id: string): void {
    const connected = this.#connected(id);
    if (!connected) return;
    const { source, target } = connected;
    const from = instanceOf(target);
    const migration = migrationOf(source);
    const state = from?.status?.migrationState;
    const isKnown = state?.sourceState?.migrationUID === source.uid;
    if (!from || !isKnown || !migration || isFinal(migration)) return;
    if (state.targetState?.node) {
      this.#truth.located(source.uid, {
        target: {
          cluster: target.context.cluster,
          node: state.targetState.node,
        },
      });
    }
    source.context.objects.instances.update(source.instanceKey, draft =>
      takeFromTarget(
        draft,
        from,
        target.context.settings.synchronizationAddress,
      ),
    );
  }

  /** Both halves, once each has told its uid and the source calls the right address. */
  #connected(
    id: string,
  ): { source: Half; target: Half; pair: Pair } | undefined {
    const pair = this.#pairs.get(id);
    const { source, target } = pair ?? {};
    if (!pair || !source || !target) return undefined;
    const url = migrationOf(source)?.spec.sendTo?.connectURL;
    const sent = instanceOf(source)?.status?.migrationState;
    const received = instanceOf(target)?.status?.migrationState;
    return url === target.context.settings.synchronizationAddress &&
      sent?.sourceState?.migrationUID === source.uid &&
      received?.targetState?.migrationUID === target.uid
      ? { source, target, pair }
      : undefined;
  }

  #passCancellationOn(id: string): void {
    const { source, target, hasMet } = this.#pairs.get(id) ?? {};
    if (!source || !target || !hasMet) return;
    for (const [half, other] of [
      [source, target],
      [target, source],
    ]) {
      const migration = migrationOf(other);
      if (
        half.isCancelled &&
        migration &&
        !migration.metadata.deletionTimestamp &&
        BEFORE_HAND_OFF.has(phaseOf(migration))
      ) {
        other.context.objects.migrations.delete(other.key);
      }
    }
  }

  #enqueue(id: string, { settings }: ClusterContext): void {
    const { reconcile, synchronization } = settings.timings;
    const after = (range: Range) => delay(this.#random, range);
    this.#administration.source.add(id, after(reconcile));
    this.#administration.target.add(id, after(reconcile));
    this.#toTarget.add(id, after(synchronization));
    this.#toSource.add(id, after(synchronization));
    this.#cancellation.add(id, after(synchronization));
  }
}

function migrationOf(half: Half): VirtualMachineInstanceMigration | undefined {
  const migration = half.context.objects.migrations.get(half.key);
  return migration?.metadata.uid === half.uid ? migration : undefined;
}

function instanceOf(half: Half): VirtualMachineInstance | undefined {
  return half.context.objects.instances.get(half.instanceKey);
}
