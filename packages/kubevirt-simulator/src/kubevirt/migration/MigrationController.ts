/**
 * virt-controller's part in migrations: looks at one migration at a time, lets
 * `planMigration` decide and has the decision written. Each look does one step; the change
 * that it makes leads to the next look.
 */
import { instanceKeyOf, ReconcileQueue } from '../access';
import type { ClusterContext } from '../ClusterContext';
import { delay } from '../fate';
import {
  isFinal,
  keyOf,
  phaseOf,
  roleOf,
  type VirtualMachineInstance,
  type VirtualMachineInstanceMigration,
} from '../objects';
import type { LauncherPod, PodChange } from '../pods';
import { backOffUntilMs, surplusOf, takesPlace } from './limits';
import { MigrationWriter } from './MigrationWriter';
import type { MigrationView } from './MigrationView';
import { planMigration } from './planMigration';

export class MigrationController {
  readonly #context: ClusterContext;
  readonly #queue: ReconcileQueue;
  readonly #writer: MigrationWriter;
  /**
   * uids of migrations whose instance is gone. A new one of the same name may be there
   * before they are looked at; they go with the old one nevertheless.
   */
  readonly #orphans = new Set<string>();

  constructor(context: ClusterContext) {
    this.#context = context;
    this.#writer = new MigrationWriter(context);
    this.#queue = new ReconcileQueue(context.clock, key =>
      this.#reconcile(key),
    );
  }

  start(): void {
    const { objects, pods } = this.#context;
    objects.migrations.subscribe(({ key, previous, current }) =>
      this.#onMigration(key, previous, current),
    );
    objects.instances.subscribe(({ key, current }) =>
      this.#onInstance(key, current),
    );
    pods.subscribe((change, pod) => this.#onPod(change, pod));
  }

  #reconcile(key: string): void {
    const { objects, clock } = this.#context;
    const migration = objects.migrations.get(key);
    if (!migration) return;
    const view = this.#view(migration);
    const action = planMigration(view);
    if (action.type === 'wait') {
      if (action.untilMs !== undefined) {
        this.#queue.add(key, action.untilMs - clock.now());
      }
      this.#writer.noteWait(view);
      return;
    }
    this.#orphans.delete(migration.metadata.uid);
    this.#writer.write(action, view);
    // Some steps change nothing that this controller hears of; then it looks again.
    if (action.type === 'collect-garbage') this.#enqueue(key);
  }

  #view(migration: VirtualMachineInstanceMigration): MigrationView {
    const { objects, pods, fates, settings, clock } = this.#context;
    const { uid, namespace } = migration.metadata;
    const siblings = objects.migrationsOf(instanceKeyOf(migration));
    const own = pods
      .of(namespace, migration.spec.vmiName)
      .filter(({ migrationUid }) => migrationUid === uid);
    const fate = fates.of(uid);
    return {
      migration,
      instance: this.#orphans.has(uid)
        ? undefined
        : objects.instanceOf(migration),
      targetPod: own.find(({ role }) => role === 'launcher'),
      attachmentPod: own.find(({ role }) => role === 'attachment'),
      needsAttachmentPod: fate.fail === 'attachment-pod-down',
      otherInProgress:
        fate.fail === 'other-in-progress' ||
        siblings.some(
          other =>
            !isFinal(other) &&
            phaseOf(other) !== '' &&
            other.metadata.uid !== uid,
        ),
      hasFreeSlot:
        phaseOf(migration) === 'Pending' && this.#hasFreeSlot(migration),
      backOffUntilMs: backOffUntilMs(migration, siblings),
      utilityVolumesTimeoutMs:
        settings.migrations.utilityVolumesTimeout * 1_000,
      surplus: isFinal(migration) ? surplusOf(siblings) : [],
      nowMs: clock.now(),
    };
  }

  #hasFreeSlot(migration: VirtualMachineInstanceMigration): boolean {
    const { objects, settings } = this.#context;
    const node = objects.instanceOf(migration)?.status?.nodeName;
    let inCluster = 0;
    let outOfNode = 0;
    for (const other of objects.unfinishedMigrations()) {
      if (!takesPlace(other, this.#hasTargetPod(other))) continue;
      inCluster += 1;
      const isOutbound = roleOf(other) !== 'target';
      if (isOutbound && objects.instanceOf(other)?.status?.nodeName === node) {
        outOfNode += 1;
      }
    }
    const { parallelMigrationsPerCluster, parallelOutboundMigrationsPerNode } =
      settings.migrations;
    return (
      inCluster < parallelMigrationsPerCluster &&
      (roleOf(migration) === 'target' ||
        outOfNode < parallelOutboundMigrationsPerNode)
    );
  }

  #hasTargetPod({ metadata, spec }: VirtualMachineInstanceMigration): boolean {
    return this.#context.pods
      .of(metadata.namespace, spec.vmiName)
      .some(({ migrationUid }) => migrationUid === metadata.uid);
  }

  #onMigration(
    key: string,
    previous: VirtualMachineInstanceMigration | undefined,
    current: VirtualMachineInstanceMigration | undefined,
  ): void {
    if (current) this.#enqueue(key);
    const placeIsFree = !current || isFinal(current);
    if (placeIsFree && previous && !isFinal(previous)) this.#enqueuePending();
  }

  #onInstance(key: string, instance: VirtualMachineInstance | undefined): void {
    const ownUid = instance?.status?.migrationState?.migrationUid;
    for (const migration of this.#context.objects.migrationsOf(key)) {
      const { uid, namespace, name } = migration.metadata;
      if (!instance) this.#orphans.add(uid);
      const concerned = !instance || !isFinal(migration) || uid === ownUid;
      if (concerned) this.#enqueue(keyOf(namespace, name));
    }
  }

  #onPod(change: PodChange, pod: LauncherPod): void {
    const migration = this.#context.objects.migrationByUid(pod.migrationUid);
    if (!migration) return;
    const { namespace, name } = migration.metadata;
    this.#enqueue(keyOf(namespace, name));
    if (change === 'changed' && pod.unschedulable) {
      this.#writer.noteUnschedulable(migration);
    }
  }

  /** Most urgent first, then oldest, as places become free. */
  #enqueuePending(): void {
    const pending = this.#context.objects
      .unfinishedMigrations()
      .filter(migration => phaseOf(migration) === 'Pending')
      .toSorted((a, b) => urgency(b) - urgency(a));
    const base = this.#reaction();
    pending.forEach(({ metadata }, index) =>
      this.#queue.add(keyOf(metadata.namespace, metadata.name), base + index),
    );
  }

  #enqueue(key: string): void {
    this.#queue.add(key, this.#reaction());
  }

  #reaction(): number {
    const { random, settings } = this.#context;
    return delay(random, settings.timings.reconcile);
  }
}

function urgency({ spec }: VirtualMachineInstanceMigration): number {
  const order = ['system-maintenance', 'user-triggered', 'system-critical'];
  return order.indexOf(spec.priority ?? 'user-triggered');
}
