/**
 * virt-handler on the node that a guest comes to: makes ready for it, and reports when it
 * has arrived or will not come.
 */
import { instanceKeyOf } from '../access';
import type { ClusterContext } from '../ClusterContext';
import { ABORTED_REASON } from '../fate';
import {
  ANNOTATIONS,
  kubernetesTime,
  LABELS,
  roleOf,
  type MigrationState,
  type VirtualMachineInstance,
  type VirtualMachineInstanceMigration,
} from '../objects';
import { clearMarks, isMarked } from '../migration';
import { changeOwnState } from './changeOwnState';
import type { TransferSignal } from './GuestTransfers';

/** libvirt's own ports on the target: control, memory, and disks when those are copied. */
const CONTROL_PORT = 0;
const MEMORY_PORT = 49152;
const BLOCK_PORT = 49153;

/** From the arrival until a hotplug has settled. */
const SETTLE_MS = 1_500;

/** A target pod outlives a broken connection by up to this much. */
const BROKEN_MS = 900;

export class TargetHandler {
  readonly #context: ClusterContext;
  readonly #preparing = new Set<string>();

  constructor(context: ClusterContext) {
    this.#context = context;
  }

  start(): void {
    const { objects, transfers } = this.#context;
    objects.instances.subscribe(({ current }) => {
      if (current) this.#onInstance(current);
    });
    objects.migrations.subscribe(({ previous, current }) => {
      if (previous && !current) this.#preparing.delete(previous.metadata.uid);
    });
    transfers.subscribe((signal, targetUid) =>
      this.#onTransfer(signal, targetUid),
    );
  }

  #onInstance(instance: VirtualMachineInstance): void {
    const state = instance.status?.migrationState;
    const migration = this.#context.objects.migrationByUid(state?.migrationUid);
    if (!state?.targetNode || !migration || roleOf(migration) === 'source') {
      return;
    }
    const { uid } = migration.metadata;
    if (state.targetNodeAddress || this.#preparing.has(uid)) return;
    this.#preparing.add(uid);
    this.#context.clock.schedule(
      this.#context.fates.of(uid).preparationMs,
      () => this.#listen(migration),
    );
  }

  #listen(migration: VirtualMachineInstanceMigration): void {
    const { objects, nodes, random } = this.#context;
    const control = random.integer(35_000, 49_000);
    changeOwnState(objects, migration, (state, instance) => {
      const copiesDisks = instance.status?.migrationMethod === 'BlockMigration';
      const ports = {
        [control]: CONTROL_PORT,
        [control + 1]: MEMORY_PORT,
        ...(copiesDisks && { [control + 2]: BLOCK_PORT }),
      };
      const address = nodes.addressOf(state.targetNode ?? '');
      return {
        ...state,
        targetNodeAddress: address,
        targetDirectMigrationNodePorts: ports,
        ...withTargetState(migration, state, {
          nodeAddress: address,
          directMigrationNodePorts: ports,
        }),
      };
    });
  }

  #onTransfer(signal: TransferSignal, targetUid: string): void {
    const { objects, clock, random, fates } = this.#context;
    const migration = objects.migrationByUid(targetUid);
    if (!migration || roleOf(migration) === 'source') return;
    switch (signal) {
      case 'arrived':
        this.#detect(migration);
        clock.schedule(fates.of(targetUid).reportMs, () =>
          this.#complete(migration),
        );
        return;
      case 'broken':
        clock.schedule(random.integer(50, BROKEN_MS), () =>
          this.#losePod(migration),
        );
        return;
      case 'aborted':
        this.#reportAborted(migration);
        return;
      default:
        signal satisfies never;
    }
  }

  #detect(migration: VirtualMachineInstanceMigration): void {
    const domainReadyTimestamp = kubernetesTime(this.#context.clock.now());
    changeOwnState(this.#context.objects, migration, state => ({
      ...state,
      targetNodeDomainDetected: true,
      targetNodeDomainReadyTimestamp: domainReadyTimestamp,
      ...withTargetState(migration, state, {
        domainDetected: true,
        domainReadyTimestamp,
      }),
    }));
  }

  /** The guest has changed over: the instance now belongs to this node. */
  #complete(migration: VirtualMachineInstanceMigration): void {
    const { objects, clock } = this.#context;
    const isCompleted = changeOwnState(objects, migration, (state, draft) => {
      const { [LABELS.targetNode]: _target, ...labels } =
        draft.metadata.labels ?? {};
      const node = state.targetNode;
      draft.metadata.labels = {
        ...labels,
        ...(node && { [LABELS.node]: node }),
      };
      const { [ANNOTATIONS.evictionSource]: _eviction, ...annotations } =
        draft.metadata.annotations ?? {};
      draft.metadata.annotations = annotations;
      draft.status = {
        ...draft.status,
        nodeName: node,
        evacuationNodeName: undefined,
      };
      if (roleOf(migration) === 'target') becomeRunning(draft, clock.now());
      return {
        ...state,
        completed: true,
        endTimestamp: kubernetesTime(clock.now()),
      };
    });
    if (isCompleted && roleOf(migration) === 'local') {
      this.#endSourcePods(migration);
      clock.schedule(SETTLE_MS, () => this.#settle(instanceKeyOf(migration)));
    }
  }

  /** What the instance had to move for takes effect. */
  #settle(key: string): void {
    const { instances } = this.#context.objects;
    const instance = instances.get(key);
    if (instance && isMarked(instance)) instances.update(key, clearMarks);
  }

  #endSourcePods({ metadata, spec }: VirtualMachineInstanceMigration): void {
    const { pods } = this.#context;
    for (const pod of pods.of(metadata.namespace, spec.vmiName)) {
      if (pod.migrationUid !== metadata.uid) {
        pods.change(pod, { phase: 'Succeeded', ready: false });
      }
    }
  }

  /** In a local migration the controller removes the pod; here only the handler knows. */
  #losePod(migration: VirtualMachineInstanceMigration): void {
    if (roleOf(migration) !== 'target') return;
    const { pods } = this.#context;
    const { namespace, uid } = migration.metadata;
    for (const pod of pods.of(namespace, migration.spec.vmiName)) {
      if (pod.migrationUid === uid) {
        pods.change(pod, { phase: 'Failed', ready: false });
      }
    }
  }

  /** The source has ended without a word: the target fills in the abort by itself. */
  #reportAborted(migration: VirtualMachineInstanceMigration): void {
    if (roleOf(migration) !== 'target') return;
    const { objects, clock, truth } = this.#context;
    const isReported = changeOwnState(objects, migration, state => ({
      ...state,
      endTimestamp: kubernetesTime(clock.now()),
      completed: true,
      failed: true,
      failureReason: ABORTED_REASON,
      abortStatus: 'Succeeded',
    }));
    if (isReported) {
      truth.judge(migration.metadata.uid, 'timed-out', ABORTED_REASON);
    }
  }
}

function withTargetState(
  migration: VirtualMachineInstanceMigration,
  { targetState }: MigrationState,
  change: MigrationState['targetState'],
): Pick<MigrationState, 'targetState'> {
  return roleOf(migration) === 'target'
    ? { targetState: { ...targetState, ...change } }
    : {};
}

function becomeRunning(draft: VirtualMachineInstance, nowMs: number): void {
  draft.status = {
    ...draft.status,
    phase: 'Running',
    selinuxContext: 'none',
    phaseTransitionTimestamps: [
      ...(draft.status?.phaseTransitionTimestamps ?? []),
      { phase: 'Running', phaseTransitionTimestamp: kubernetesTime(nowMs) },
    ],
  };
}
