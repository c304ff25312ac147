import type { SequenceEvent } from 'kubevirt-simulator';
import type { HistoryCluster } from './HistoryCluster';
import type { HistoryInstance, MigrationState } from './HistoryInstance';

export interface MigrationOptions {
  name?: string;
  /** Makes it the sending half. */
  sendTo?: string;
  /** Makes it the receiving half. */
  receive?: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
}

interface Condition {
  type: string;
  status: string;
  reason?: string;
}

export const ABORT_MESSAGE = 'Live migration has been aborted';

/** What the source node reports once an abort is carried out. */
export const ABORTED = {
  abortStatus: 'Succeeded',
  failureReason: ABORT_MESSAGE,
};

const PHASES_AFTER_CREATION = [
  'Pending',
  'Scheduling',
  'Scheduled',
  'PreparingTarget',
  'TargetReady',
  'Running',
] as const;

/** A phase up to which a history lets a migration run. */
export type RunningPhase = (typeof PHASES_AFTER_CREATION)[number];

/** A VirtualMachineInstanceMigration of a history; every change is an event. */
export class HistoryMigration {
  readonly name: string;
  readonly uid: string;
  readonly instance: HistoryInstance;
  phase?: string;
  readonly #cluster: HistoryCluster;
  readonly #options: MigrationOptions;
  readonly #createdAt: string;
  readonly #transitions: { phase: string; phaseTransitionTimestamp: string }[] =
    [];
  #conditions: Condition[] = [];
  #deletionTimestamp?: string;
  #annotations: Record<string, string>;
  #migrationState?: MigrationState;

  constructor(
    cluster: HistoryCluster,
    instance: HistoryInstance,
    options: MigrationOptions,
  ) {
    this.#cluster = cluster;
    this.#options = options;
    this.instance = instance;
    this.uid = cluster.newUid();
    this.name = options.name ?? `move-${this.uid}`;
    this.#createdAt = cluster.now();
    this.#annotations = { ...options.annotations };
    cluster.emit('ADDED', this.object());
    this.#annotations['kubevirt.io/latest-observed-api-version'] = 'v1';
    this.#modified();
  }

  /** One more phase, written by the controller. */
  enter(phase: string): void {
    this.#setPhase(phase);
    this.#modified();
  }

  /**
   * The way of a local migration from creation up to a phase, with what the instance says on
   * it, one second a step.
   */
  runUpTo(last: RunningPhase, options: { targetNode?: string } = {}): void {
    for (const phase of PHASES_AFTER_CREATION) {
      if (phase === 'PreparingTarget') {
        this.handOver(options.targetNode ?? 'node-2');
      }
      if (phase === 'Running') {
        this.instance.updateState({
          startTimestamp: this.#cluster.now(),
          mode: 'PreCopy',
        });
      }
      this.enter(phase);
      if (phase === last) {
        return;
      }
    }
  }

  /** The instance is handed over to the target: a local migration begins an empty state. */
  handOver(targetNode: string): void {
    this.instance.replaceState({
      migrationUid: this.uid,
      sourceNode: this.instance.node,
      sourcePod: `pod-on-${this.instance.node}`,
      targetNode,
      targetPod: `pod-on-${targetNode}`,
    });
  }

  /** The source node reports success: the instance now runs on the target. */
  completeOnInstance(): void {
    this.instance.node = this.instance.migrationState?.targetNode;
    this.instance.updateState({
      completed: true,
      endTimestamp: this.#cluster.now(),
    });
  }

  /** The source node reports a failure. */
  failOnInstance(change: MigrationState): void {
    this.instance.updateState({
      completed: true,
      failed: true,
      endTimestamp: this.#cluster.now(),
      ...change,
    });
  }

  /** The object gets a deletion timestamp; its finalizer keeps it. */
  requestDeletion(): void {
    this.#deletionTimestamp = this.#cluster.now();
    this.#modified();
  }

  setCondition(type: string, status = 'True', reason?: string): void {
    this.#conditions = [...this.#conditions, { type, status, reason }];
    this.#modified();
  }

  removeCondition(type: string): void {
    this.#conditions = this.#conditions.filter(
      condition => condition.type !== type,
    );
    this.#modified();
  }

  acknowledgeAbort(): void {
    this.setCondition('migrationAbortRequested');
  }

  /** Deleted before the hand-off: condition and phase come in one update, then it is gone. */
  cancelBeforeHandOver(): void {
    this.requestDeletion();
    this.#conditions = [
      ...this.#conditions,
      { type: 'migrationAbortRequested', status: 'True' },
    ];
    this.enter('Failed');
    this.vanish();
  }

  /** The final phase, and in the next update the state as the instance has it. */
  end(phase: 'Succeeded' | 'Failed'): void {
    this.enter(phase);
    this.copyState();
    if (this.#deletionTimestamp) {
      this.vanish();
    }
  }

  isFinal(): boolean {
    return this.phase === 'Succeeded' || this.phase === 'Failed';
  }

  /** KubeVirt copies the state only when it is this migration's. */
  copyState(): void {
    if (this.instance.migrationState?.migrationUid === this.uid) {
      this.#migrationState = this.instance.migrationState;
    }
    this.#modified();
  }

  /** Any other change of the status, as older versions or other writers make it. */
  writeStatus(status: { phase?: string; migrationState?: MigrationState }) {
    this.phase = status.phase ?? this.phase;
    this.#migrationState = status.migrationState ?? this.#migrationState;
    this.#modified();
  }

  /** The object is gone; the event carries its last state. */
  vanish(): void {
    this.#cluster.emit('DELETED', this.object());
  }

  object(): SequenceEvent['object'] {
    const { sendTo, receive, labels } = this.#options;
    return {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstanceMigration',
      metadata: {
        name: this.name,
        namespace: this.instance.namespace,
        uid: this.uid,
        creationTimestamp: this.#createdAt,
        deletionTimestamp: this.#deletionTimestamp,
        labels: { 'kubevirt.io/vmi-name': this.instance.name, ...labels },
        annotations: this.#annotations,
      },
      spec: {
        vmiName: this.instance.name,
        sendTo: sendTo && { migrationID: sendTo, connectURL: 'peer:9185' },
        receive: receive && { migrationID: receive },
      },
      status: this.phase && {
        phase: this.phase,
        phaseTransitionTimestamps: this.#transitions,
        conditions: this.#conditions,
        migrationState: this.#migrationState,
      },
    };
  }

  #setPhase(phase: string): void {
    this.phase = phase;
    if (!this.#transitions.some(transition => transition.phase === phase)) {
      this.#transitions.push({
        phase,
        phaseTransitionTimestamp: this.#cluster.now(),
      });
    }
  }

  #modified(): void {
    this.#cluster.emit('MODIFIED', this.object());
  }
}
