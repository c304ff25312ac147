import { setImmediate } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { databaseErrorText } from '../store';
import type { Observation } from '../kubevirt';
import type {
  BatchStore,
  ListCompletion,
  WatchPosition,
  WriteBatch,
  WriteResult,
} from '../store/types';
import type { Clock } from '../watch/types';

/*
 * One writer per replica, no timer: a batch is whatever arrived, from all clusters, while
 * the last commit ran. An idle system commits a lone event at once, a busy one in large
 * batches. The queue is bounded: when it is full, submitting waits, the sinks wait, and with
 * them the sockets to the API servers.
 *
 * A batch that the database refuses is tried again until it is taken: what was accepted is
 * lost only with the process, and then seen again from the stored position.
 */

/** A commit of this many rows takes some tens of milliseconds; larger ones only add latency. */
const MAX_BATCH = 1_000;

/** Two batches' worth: one being written, one filling. */
const MAX_QUEUE = 2 * MAX_BATCH;

/** Between tries while the database is away. */
const RETRY_MS = 1_000;

/** What a watch brought, in its order. */
export interface Submission {
  observation?: Observation;
  completion?: ListCompletion;
  position?: WatchPosition;
}

interface Queued extends Submission {
  cluster: string;
  fence: number;
}

export interface GroupCommitWriterOptions {
  store: BatchStore;
  clock: Clock;
  logger: LoggerService;
  /** After every commit. Must not throw. */
  onCommit(result: WriteResult): void;
}

export class GroupCommitWriter {
  readonly #store: BatchStore;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #onCommit: (result: WriteResult) => void;
  readonly #fences = new Map<string, number>();
  readonly #stop = new AbortController();
  #queue: Queued[] = [];
  #waiting: Array<() => void> = [];
  #running: Promise<void> | undefined;

  constructor(options: GroupCommitWriterOptions) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#onCommit = options.onCommit;
  }

  /**
   * From now on this replica writes for the cluster, under this fencing counter.
   *
   * @returns what takes submissions under it: each resolves as soon as there is room in the
   *   queue, not when it is committed. Once the cluster is closed, or open under another
   *   counter, it is dropped.
   */
  open(
    cluster: string,
    fence: number,
  ): (submission: Submission) => Promise<void> {
    this.#fences.set(cluster, fence);
    return submission => this.#submit({ ...submission, cluster, fence });
  }

  /** Nothing more is written for the cluster; what is still queued for it is dropped. */
  close(cluster: string): void {
    this.#fences.delete(cluster);
  }

  async #submit(submission: Queued): Promise<void> {
    while (this.#queue.length >= MAX_QUEUE && !this.#stop.signal.aborted) {
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
    this.#queue.push(submission);
    this.#running ??= this.#drain();
  }

  /** Resolves when everything submitted so far is committed, or the writer has stopped. */
  async flush(): Promise<void> {
    while (this.#running) {
      await this.#running;
    }
  }

  /** Gives up retrying and forgets what is queued; the running commit ends by itself. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#release();
    await this.#running;
  }

  async #drain(): Promise<void> {
    // What else the sockets have delivered already belongs to the same batch.
    await setImmediate();
    try {
      while (this.#queue.length > 0 && !this.#stop.signal.aborted) {
        const taken = this.#queue.splice(0, MAX_BATCH);
        this.#release();
        await this.#commit(taken);
      }
    } finally {
      this.#running = undefined;
    }
  }

  async #commit(taken: Queued[]): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const batch = toBatch(taken, this.#fences);
      if (batch.fences.size === 0) {
        return;
      }
      try {
        const result = await this.#store.apply(batch);
        for (const cluster of result.lostClusters) {
          this.#logger.info(
            `Cluster '${cluster}' is recorded by another replica now`,
          );
          this.close(cluster);
        }
        this.#onCommit(result);
        return;
      } catch (error) {
        this.#logger.error(
          `Writing ${
            taken.length
          } observations failed, trying again in ${RETRY_MS} ms: ${databaseErrorText(
            error,
          )}`,
        );
        await this.#clock.sleep(RETRY_MS, this.#stop.signal);
      }
    }
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) {
      resume();
    }
  }
}

function toBatch(
  submissions: Queued[],
  open: ReadonlyMap<string, number>,
): WriteBatch {
  const observations: Observation[] = [];
  const completions: ListCompletion[] = [];
  const positions = new Map<string, WatchPosition>();
  const fences = new Map<string, number>();
  for (const submission of submissions) {
    const { cluster, fence, observation, completion, position } = submission;
    if (open.get(cluster) !== fence) {
      continue;
    }
    fences.set(cluster, fence);
    if (observation) {
      observations.push(observation);
    }
    if (completion) {
      completions.push(completion);
    }
    if (position) {
      positions.set(`${position.resource} ${cluster}`, position);
    }
  }
  return {
    observations,
    completions,
    positions: [...positions.values()],
    fences,
  };
}
