import type { HistoryCluster } from './HistoryCluster';
import type { HistoryInstance } from './HistoryInstance';
import type { HistoryMigration } from './HistoryMigration';

/** One end of a decentralized migration. */
export interface PairEnd {
  cluster: HistoryCluster;
  instance: HistoryInstance;
}

export interface PairOptions {
  source: PairEnd;
  target: PairEnd;
  migrationID?: string;
  /** Node that the VM goes to. */
  targetNode?: string;
}

/**
 * A decentralized migration with both its halves: two migrations, two instances, and the
 * synchronization between them. The target is created first, as Forklift does it.
 */
export class HistoryPair {
  readonly source: HistoryMigration;
  readonly target: HistoryMigration;
  readonly #options: PairOptions;

  constructor(options: PairOptions) {
    const { source, target, migrationID = 'move-web' } = options;
    this.#options = options;
    this.target = target.cluster.migration(target.instance, {
      receive: migrationID,
    });
    this.target.enter('WaitingForSync');
    target.instance.updateState({
      targetState: { migrationUID: this.target.uid },
    });
    this.source = source.cluster.migration(source.instance, {
      sendTo: migrationID,
    });
    this.source.enter('Synchronizing');
    source.instance.updateState({
      sourceState: { migrationUID: this.source.uid },
      targetState: {
        ...source.instance.migrationState?.targetState,
        syncAddress: '10.0.0.2:9185',
      },
    });
  }

  /** Each instance learns which migration is the other half. */
  synchronize(): void {
    const { source, target } = this.#options;
    target.instance.updateState({
      sourceState: {
        migrationUID: this.source.uid,
        syncAddress: '10.0.0.1:9185',
      },
    });
    source.instance.updateState({
      targetState: {
        migrationUID: this.target.uid,
        syncAddress: '10.0.0.2:9185',
      },
    });
  }

  /** Both halves up to Scheduling; the source's node and pod are known from here on. */
  schedule(): void {
    const { source, target } = this.#options;
    this.synchronize();
    this.source.enter('Pending');
    this.source.enter('Scheduling');
    const node = source.instance.node;
    const pod = `pod-on-${node}`;
    source.instance.updateState({
      migrationUid: this.source.uid,
      sourceNode: node,
      sourcePod: pod,
      sourceState: { migrationUID: this.source.uid, node, pod },
    });
    target.instance.updateState({
      sourceNode: node,
      sourcePod: pod,
      sourceState: {
        migrationUID: this.source.uid,
        syncAddress: '10.0.0.1:9185',
        node,
        pod,
      },
    });
    this.target.enter('Pending');
    this.target.enter('Scheduling');
  }

  /** Both halves up to Running. */
  run(): void {
    const { source, target, targetNode: node = 'compute-2' } = this.#options;
    const pod = `pod-on-${node}`;
    this.schedule();
    this.target.enter('Scheduled');
    target.instance.node = node;
    target.instance.updateState({
      migrationUid: this.target.uid,
      // The receiving half names its own target pod here until the end.
      sourcePod: pod,
      targetNode: node,
      targetPod: pod,
      targetState: { migrationUID: this.target.uid, node, pod },
    });
    this.target.enter('PreparingTarget');
    source.instance.updateState({
      targetNode: node,
      targetPod: pod,
      targetState: {
        migrationUID: this.target.uid,
        syncAddress: '10.0.0.2:9185',
        node,
        pod,
      },
    });
    this.source.enter('Scheduled');
    this.source.enter('PreparingTarget');
    this.target.enter('TargetReady');
    this.source.enter('TargetReady');
    const startTimestamp = source.cluster.now();
    source.instance.updateState({ startTimestamp, mode: 'PreCopy' });
    this.source.enter('Running');
    target.instance.updateState({ startTimestamp });
    this.target.enter('Running');
  }

  /** The guest runs on the target: both instances say so. */
  complete(): void {
    const { source, target } = this.#options;
    const endTimestamp = target.cluster.now();
    target.instance.updateState({ completed: true, endTimestamp });
    source.instance.updateState({ completed: true, endTimestamp });
  }
}
