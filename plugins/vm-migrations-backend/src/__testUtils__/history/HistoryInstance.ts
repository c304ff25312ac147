import type { SequenceEvent } from 'kubevirt-simulator';
import type { HistoryCluster } from './HistoryCluster';

/** `status.migrationState`, as far as histories use it. */
export interface MigrationState {
  migrationUid?: string;
  sourceNode?: string;
  sourcePod?: string;
  targetNode?: string;
  targetPod?: string;
  startTimestamp?: string;
  endTimestamp?: string;
  completed?: boolean;
  failed?: boolean;
  failureReason?: string;
  abortRequested?: boolean;
  abortStatus?: string;
  mode?: string;
  sourceState?: EndState;
  targetState?: EndState;
}

interface EndState {
  migrationUID?: string;
  node?: string;
  pod?: string;
  syncAddress?: string;
}

export interface InstanceOptions {
  name?: string;
  namespace?: string;
  node?: string;
  vmUid?: string;
}

/** A VirtualMachineInstance of a history; every change is an event. */
export class HistoryInstance {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  node?: string;
  phase = 'Running';
  migrationState?: MigrationState;
  readonly #cluster: HistoryCluster;
  readonly vmUid: string;
  readonly #createdAt: string;

  constructor(cluster: HistoryCluster, options: InstanceOptions) {
    this.#cluster = cluster;
    this.name = options.name ?? 'web';
    this.namespace = options.namespace ?? 'shop';
    this.node = 'node' in options ? options.node : 'node-1';
    this.uid = cluster.newUid();
    this.vmUid = options.vmUid ?? cluster.newUid();
    this.#createdAt = cluster.now();
    cluster.emit('ADDED', this.object());
  }

  /** Changes fields of the instance. */
  update(change: { node?: string; phase?: string }): void {
    Object.assign(this, change);
    this.#cluster.emit('MODIFIED', this.object());
  }

  /** Adds to the migration state; what is there stays. */
  updateState(change: MigrationState): void {
    this.migrationState = { ...this.migrationState, ...change };
    this.#cluster.emit('MODIFIED', this.object());
  }

  /** A local hand-off begins an empty state, a take-over too. */
  replaceState(state: MigrationState | undefined): void {
    this.migrationState = state;
    this.#cluster.emit('MODIFIED', this.object());
  }

  delete(): void {
    this.#cluster.emit('DELETED', this.object());
  }

  object(): SequenceEvent['object'] {
    return {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstance',
      metadata: {
        name: this.name,
        namespace: this.namespace,
        uid: this.uid,
        creationTimestamp: this.#createdAt,
        ownerReferences: [
          { kind: 'VirtualMachine', name: this.name, uid: this.vmUid },
        ],
      },
      spec: { domain: { cpu: { cores: 2 } } },
      status: {
        phase: this.phase,
        nodeName: this.node,
        migrationState: this.migrationState,
      },
    };
  }
}
