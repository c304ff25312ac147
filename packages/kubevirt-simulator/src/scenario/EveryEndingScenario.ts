/**
 * Two clusters in which everything happens that can happen, for tests that hold a record to
 * the truth: every failure, cancellations at every moment, drains, moves to and fro.
 */
import type { Clock } from '../clock';
import {
  FAILURE_CLASSES,
  Fleet,
  RECORDED_TIMINGS,
  type CancelMoment,
  type FailureClass,
  type Half,
  type KubeVirtCluster,
  type LocalFailureClass,
  type ObjectName,
  type Timings,
} from '../kubevirt';
import { SeededRandom } from '../random';
import { happens, pick } from './chance';

const NAMESPACE = 'shop';
const NODES_PER_CLUSTER = 4;
const MACHINES = 16;

const FAILURES = Object.keys(FAILURE_CLASSES).filter(
  (name): name is FailureClass => name in FAILURE_CLASSES,
);

const LOCAL_FAILURES = FAILURES.filter(
  (name): name is LocalFailureClass => !name.endsWith('disagrees'),
);

const LOCAL_MOMENTS: readonly CancelMoment[] = [
  'Pending',
  'Scheduling',
  'Scheduled',
  'PreparingTarget',
  'TargetReady',
  'Running',
  'too-late',
];

const HALVES: readonly Half[] = ['source', 'target'];

const FAILURE_PERCENT = 35;
const CANCEL_PERCENT = 25;
const CROSS_PERCENT = 45;
const DRAIN_PERCENT = 5;
const DRAIN_MS = 30_000;

const TIMINGS: Timings = { ...RECORDED_TIMINGS, heartbeat: [10_000, 20_000] };

export interface EveryEndingOptions {
  /** The same seed gives the same history. */
  seed: number;
  clock: Clock;
  /** Milliseconds between the beginnings of two moves; 500 to 5,000 when absent. */
  pauseMs?: readonly [min: number, max: number];
}

export class EveryEndingScenario {
  readonly fleet: Fleet;
  readonly #clock: Clock;
  readonly #random: SeededRandom;
  readonly #pauseMs: readonly [min: number, max: number];
  #isActing = false;

  constructor({ seed, clock, pauseMs = [500, 5_000] }: EveryEndingOptions) {
    this.#clock = clock;
    this.#random = SeededRandom.create(seed);
    this.#pauseMs = pauseMs;
    this.fleet = new Fleet({
      clock,
      random: this.#random,
      identity: `every-ending/${seed}`,
    });
    const clusters = ['cluster-a', 'cluster-b'].map(name =>
      this.fleet.addCluster({
        name,
        nodes: Array.from(
          { length: NODES_PER_CLUSTER },
          (_, index) => `${name}-node-${index + 1}`,
        ),
        settings: { timings: TIMINGS },
      }),
    );
    for (let index = 0; index < MACHINES; index += 1) {
      const cluster = clusters[index % clusters.length];
      const node = Math.floor(index / clusters.length) % NODES_PER_CLUSTER;
      cluster.createVirtualMachine(
        { namespace: NAMESPACE, name: `vm-${index + 1}` },
        { node: cluster.nodes[node], sinceMs: clock.now() },
      );
    }
  }

  /** Begins one move after the other, until {@link pause}. */
  start(): void {
    this.#isActing = true;
    this.#act();
  }

  /** Begins no more moves; those under way go on to their ends. */
  pause(): void {
    this.#isActing = false;
  }

  stop(): void {
    this.pause();
    this.fleet.stop();
  }

  #act(): void {
    if (!this.#isActing) return;
    this.#begin();
    const [least, most] = this.#pauseMs;
    this.#clock.schedule(this.#random.integer(least, most), () => this.#act());
  }

  #begin(): void {
    const random = this.#random;
    const from = pick(random, this.fleet.clusters);
    const to = this.fleet.clusters.find(cluster => cluster !== from);
    const vm = from && pick(random, this.#idle(from));
    if (!from || !to || !vm) return;
    const isFree = !to.objects.instances.get(`${NAMESPACE}/${vm.name}`);
    if (isFree && happens(random, CROSS_PERCENT)) {
      this.#beginCross(from, vm, to);
    } else if (happens(random, DRAIN_PERCENT)) {
      this.#drain(from);
    } else {
      const fail = this.#sometimes(FAILURE_PERCENT, LOCAL_FAILURES);
      const cancelAt = this.#sometimes(CANCEL_PERCENT, LOCAL_MOMENTS);
      from.migrate(vm, fail ? { fail } : { cancelAt });
    }
  }

  #beginCross(
    from: KubeVirtCluster,
    vm: ObjectName,
    to: KubeVirtCluster,
  ): void {
    const half = pick(this.#random, HALVES) ?? 'source';
    const moments: readonly CancelMoment[] = [
      half === 'source' ? 'Synchronizing' : 'WaitingForSync',
      ...LOCAL_MOMENTS,
    ];
    const fail = this.#sometimes(FAILURE_PERCENT, FAILURES);
    const at = this.#sometimes(CANCEL_PERCENT, moments);
    this.fleet.mover.move({
      from,
      vm,
      to,
      firstHalf: pick(this.#random, HALVES),
      // Never both: who had the last word is then a matter of opinion.
      fail,
      cancel: at && !fail ? { half, at } : undefined,
    });
  }

  #drain(cluster: KubeVirtCluster): void {
    const node = pick(this.#random, cluster.nodes);
    if (!node) return;
    cluster.drain(node);
    this.#clock.schedule(DRAIN_MS, () => cluster.uncordon(node));
  }

  #idle(cluster: KubeVirtCluster): ObjectName[] {
    return [...cluster.objects.instances.values()]
      .map(({ metadata: { namespace, name } }) => ({ namespace, name }))
      .filter(vm => cluster.canMigrate(vm));
  }

  #sometimes<T>(percent: number, list: readonly T[]): T | undefined {
    return happens(this.#random, percent)
      ? pick(this.#random, list)
      : undefined;
  }
}
