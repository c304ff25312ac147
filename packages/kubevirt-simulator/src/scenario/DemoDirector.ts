/**
 * Keeps the demo moving: two to six moves are under way at any time, most within a cluster,
 * some to another one, and now and then a node is drained.
 */
import type { Clock } from '../clock';
import type { Fleet, KubeVirtCluster } from '../kubevirt';
import type { Random } from '../random';
import { ActiveMoves } from './ActiveMoves';
import { happens, pick } from './chance';
import type { DemoMachine } from './demoMachines';
import { MoveStarter } from './MoveStarter';

/** Fewer are never under way, and a drain adds two at most to what is. */
const LEAST = 2;
const WANTED = 3;
const MOST_BEFORE_DRAIN = 4;

const LOOK_MS = 2_000;
const CROSS_PERCENT = 35;
const EVICTION_PERCENT = 6;

/** Between two drains, and how long a node stays cordoned when it does not become empty. */
const DRAIN_MS = [180_000, 360_000] as const;
const LONGEST_DRAIN_MS = 480_000;
const DRAIN_LOOK_MS = 10_000;
const DRAINED_NODE_INSTANCES = { least: 2, most: 6 };
const DRAIN_FAILURE_PERCENT = 8;

export interface DemoDirectorOptions {
  fleet: Fleet;
  clock: Clock;
  random: Random;
  machines: readonly DemoMachine[];
}

export class DemoDirector {
  readonly #fleet: Fleet;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #starter: MoveStarter;
  readonly #active: ActiveMoves;
  #isDraining = false;

  constructor(options: DemoDirectorOptions) {
    this.#fleet = options.fleet;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#starter = new MoveStarter(options);
    this.#active = new ActiveMoves(options.fleet.truth, () =>
      // Later, because whoever ended it is still writing.
      this.#clock.schedule(0, () => this.#fill()),
    );
  }

  start(): void {
    this.#look();
    this.#drainLater();
  }

  #look(): void {
    this.#fill();
    this.#clock.schedule(LOOK_MS, () => this.#look());
  }

  #fill(): void {
    while (this.#active.visible < LEAST && this.#starter.startLocal());
    if (this.#active.begun >= WANTED) return;
    if (happens(this.#random, CROSS_PERCENT)) this.#cross();
    else if (happens(this.#random, EVICTION_PERCENT)) this.#starter.evict();
    else this.#starter.startLocal();
  }

  #cross(): void {
    const migrationID = this.#starter.startCross();
    if (migrationID !== undefined) this.#active.expect(migrationID);
  }

  #drainLater(): void {
    const [least, most] = DRAIN_MS;
    this.#clock.schedule(this.#random.integer(least, most), () => {
      if (!this.#isDraining && this.#active.begun <= MOST_BEFORE_DRAIN) {
        this.#drain();
      }
      this.#drainLater();
    });
  }

  #drain(): void {
    const { least, most } = DRAINED_NODE_INSTANCES;
    const cluster = pick(this.#random, this.#fleet.clusters);
    const nodes = cluster?.nodes.filter(name => {
      const { length } = cluster.objects.instancesOn(name);
      return length >= least && length <= most;
    });
    const node = pick(this.#random, nodes ?? []);
    if (!cluster || !node) return;
    this.#isDraining = true;
    cluster.drain(node, () =>
      happens(this.#random, DRAIN_FAILURE_PERCENT)
        ? { fail: 'handler-failed' }
        : {},
    );
    this.#uncordonWhenEmpty(
      cluster,
      node,
      this.#clock.now() + LONGEST_DRAIN_MS,
    );
  }

  #uncordonWhenEmpty(
    cluster: KubeVirtCluster,
    node: string,
    untilMs: number,
  ): void {
    this.#clock.schedule(DRAIN_LOOK_MS, () => {
      const isEmpty = cluster.objects.instancesOn(node).length === 0;
      if (isEmpty || this.#clock.now() >= untilMs) {
        cluster.uncordon(node);
        this.#isDraining = false;
      } else {
        this.#uncordonWhenEmpty(cluster, node, untilMs);
      }
    });
  }
}
