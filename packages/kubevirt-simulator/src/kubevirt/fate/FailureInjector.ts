/**
 * Makes migrations meet their fate: strikes pods, instances and states at the appointed
 * moment, and deletes migrations that are to be cancelled. The controllers know nothing
 * of it and react as they would to the real thing.
 */
import { uuid } from '../../random';
import { instanceKeyOf } from '../access';
import type { ClusterContext } from '../ClusterContext';
import {
  isFinal,
  keyOf,
  phaseOf,
  type VirtualMachineInstance,
  type VirtualMachineInstanceMigration,
} from '../objects';
import type { LauncherPod } from '../pods';
import { FAILURE_CLASSES, type FailureClass } from './failureClasses';

/** Into a phase that lasts: before its own end, after its first effects. */
const STRIKE_MS = 50;
const STRIKE_WHILE_COPYING_MS = 300;

/** When a running copy is cancelled: after this share of it, at the latest after this time. */
const CANCEL_SHARE = 0.3;
const CANCEL_LATEST_MS = 2_000;

export class FailureInjector {
  readonly #context: ClusterContext;

  constructor(context: ClusterContext) {
    this.#context = context;
  }

  start(): void {
    const { objects, clock, transfers } = this.#context;
    objects.migrations.subscribe(({ previous, current }) => {
      const isNews =
        current && (!previous || phaseOf(previous) !== phaseOf(current));
      // Later, because the fate is settled only after the object was created.
      if (isNews) clock.schedule(0, () => this.#onPhase(current));
    });
    transfers.subscribe((signal, targetUid) => {
      if (signal === 'arrived') this.#onArrival(targetUid);
    });
  }

  #onPhase(migration: VirtualMachineInstanceMigration): void {
    const { clock, fates } = this.#context;
    const { cancelAt, fail, copyMs } = fates.of(migration.metadata.uid);
    const phase = phaseOf(migration);
    if (cancelAt === phase) {
      const delayMs =
        phase === 'Running'
          ? Math.min(copyMs * CANCEL_SHARE, CANCEL_LATEST_MS)
          : 0;
      clock.schedule(delayMs, () => this.#cancel(migration));
    }
    if (fail === 'utility-volumes' && isFinal(migration)) {
      this.#setUtilityVolumes(migration, undefined);
    }
    if (!fail || FAILURE_CLASSES[fail].phase !== phase) return;
    if (fail === 'utility-volumes') {
      this.#setUtilityVolumes(migration, [{ name: 'backup' }]);
      return;
    }
    const delayMs = phase === 'Running' ? STRIKE_WHILE_COPYING_MS : STRIKE_MS;
    clock.schedule(delayMs, () => this.#strike(fail, migration));
  }

  #onArrival(targetUid: string): void {
    const { clock, fates, objects, truth } = this.#context;
    for (const uid of [targetUid, truth.partnerOf(targetUid)]) {
      const migration = objects.migrationByUid(uid);
      if (
        migration &&
        fates.of(migration.metadata.uid).cancelAt === 'too-late'
      ) {
        clock.schedule(0, () => this.#cancel(migration));
      }
    }
  }

  #cancel({ metadata }: VirtualMachineInstanceMigration): void {
    this.#context.objects.migrations.delete(
      keyOf(metadata.namespace, metadata.name),
    );
  }

  #strike(
    fail: FailureClass,
    migration: VirtualMachineInstanceMigration,
  ): void {
    const { objects, pods, random } = this.#context;
    const key = instanceKeyOf(migration);
    switch (fail) {
      case 'instance-removed':
        objects.instances.update(key, draft => {
          draft.metadata.finalizers = undefined;
        });
        objects.instances.delete(key);
        return;
      case 'instance-shut-down':
        objects.instances.delete(key);
        return;
      case 'target-pod-down':
      case 'target-pod-down-before-hand-off':
        this.#kill(this.#podOf(migration, 'launcher'));
        return;
      case 'attachment-pod-down':
        this.#kill(this.#podOf(migration, 'attachment'));
        return;
      case 'target-pod-removed': {
        const pod = this.#podOf(migration, 'launcher');
        if (pod) pods.remove(pod);
        return;
      }
      case 'state-cleared':
        objects.instances.update(key, draft => {
          draft.status = { ...draft.status, migrationState: undefined };
        });
        return;
      case 'taken-over':
        objects.instances.update(key, draft => {
          const state = draft.status?.migrationState;
          if (state) state.migrationUid = uuid(random);
        });
        return;
      default:
      // The others are met by scheduler, kubelet and virt-handler on their own.
    }
  }

  #podOf(
    { metadata, spec }: VirtualMachineInstanceMigration,
    role: LauncherPod['role'],
  ): LauncherPod | undefined {
    return this.#context.pods
      .of(metadata.namespace, spec.vmiName)
      .find(pod => pod.migrationUid === metadata.uid && pod.role === role);
  }

  #kill(pod: LauncherPod | undefined): void {
    if (pod) this.#context.pods.change(pod, { phase: 'Failed', ready: false });
  }

  #setUtilityVolumes(
    migration: VirtualMachineInstanceMigration,
    utilityVolumes: VirtualMachineInstance['spec']['utilityVolumes'],
  ): void {
    this.#context.objects.instances.update(instanceKeyOf(migration), draft => {
      draft.spec.utilityVolumes = utilityVolumes;
    });
  }
}
