/** Which move the demo makes next, and what becomes of it. */
import type {
  CancelMoment,
  FailureClass,
  Fleet,
  Half,
  KubeVirtCluster,
  LocalFailureClass,
  MigrateOptions,
} from '../kubevirt';
import type { Clock } from '../clock';
import type { Random } from '../random';
import { happens, pick, pickWeighted, type Weighted } from './chance';
import type { DemoMachine } from './demoMachines';

const FAILURE_PERCENT = 7;
const CANCEL_PERCENT = 5;

/** Of the moves to another cluster; somebody gives up waiting. */
const UNREACHABLE_PERCENT = 4;
const UNREACHABLE_URL = '192.0.2.10:9185';
const GIVE_UP_MS = 75_000;

const CAUSES: Weighted<NonNullable<MigrateOptions['cause']>> = [
  ['virtctl', 4],
  ['console', 5],
  ['update', 2],
  ['hotplug', 1.5],
  ['volume-update', 1],
];

const LOCAL_FAILURES: Weighted<LocalFailureClass> = [
  ['handler-failed', 5],
  ['completion-timeout', 3],
  ['target-pod-down', 2],
  ['target-pod-removed', 1],
  ['target-pod-down-before-hand-off', 1],
  ['pod-unschedulable', 1],
];

const PAIR_FAILURES: Weighted<FailureClass> = [
  ['handler-failed', 4],
  ['target-pod-down', 2],
  ['completion-timeout', 1],
  ['source-disagrees', 1],
];

const CANCEL_MOMENTS: Weighted<CancelMoment> = [
  ['Scheduling', 2],
  ['Running', 5],
  ['too-late', 1],
];

export interface MoveStarterOptions {
  fleet: Fleet;
  clock: Clock;
  random: Random;
  machines: readonly DemoMachine[];
}

export class MoveStarter {
  readonly #fleet: Fleet;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #machines: readonly DemoMachine[];

  constructor(options: MoveStarterOptions) {
    this.#fleet = options.fleet;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#machines = options.machines;
  }

  /** Moves some machine within its cluster at once. @returns false when none can be moved */
  startLocal(): boolean {
    const random = this.#random;
    const candidate = pick(random, this.#candidates());
    if (!candidate) return false;
    const { machine, cluster } = candidate;
    cluster.migrate(machine.spec, {
      cause: pickWeighted(random, CAUSES),
      fail: happens(random, FAILURE_PERCENT)
        ? pickWeighted(random, LOCAL_FAILURES)
        : undefined,
      cancelAt: this.#cancelMoment(),
    });
    return true;
  }

  /** The descheduler finds some machine in the wrong place. */
  evict(): void {
    const candidate = pick(this.#random, this.#candidates());
    candidate?.cluster.evict(candidate.machine.spec);
  }

  /**
   * Moves some machine to its other cluster.
   *
   * @returns the migrationID under which it will be seen; undefined when none can be moved
   */
  startCross(): string | undefined {
    const random = this.#random;
    const candidate = pick(
      random,
      this.#candidates().filter(({ machine, cluster }) =>
        this.#otherOf(machine, cluster),
      ),
    );
    const to = candidate && this.#otherOf(candidate.machine, candidate.cluster);
    if (!candidate || !to) return undefined;
    const { spec } = candidate.machine;
    const isUnreachable = happens(random, UNREACHABLE_PERCENT);
    const cancelAt = this.#cancelMoment();
    const halves: Half[] = ['source', 'target'];
    const migrationID = this.#fleet.mover.move({
      from: candidate.cluster,
      vm: spec,
      to,
      connectURL: isUnreachable ? UNREACHABLE_URL : undefined,
      fail:
        !isUnreachable && happens(random, FAILURE_PERCENT)
          ? pickWeighted(random, PAIR_FAILURES)
          : undefined,
      cancel: cancelAt && {
        half: pick(random, halves) ?? 'source',
        at: cancelAt,
      },
    });
    if (isUnreachable) this.#giveUpOn(spec, to);
    return migrationID;
  }

  #candidates(): { machine: DemoMachine; cluster: KubeVirtCluster }[] {
    return this.#machines.flatMap(machine => {
      const { cluster, partner } = machine.application;
      return [cluster, partner]
        .flatMap(name => (name ? this.#fleet.cluster(name) : []))
        .filter(each => each.canMigrate(machine.spec))
        .map(each => ({ machine, cluster: each }));
    });
  }

  /** Where else the machine may be, when it is free there. */
  #otherOf(
    { application, spec }: DemoMachine,
    from: KubeVirtCluster,
  ): KubeVirtCluster | undefined {
    const { cluster, partner } = application;
    const name = from.name === cluster ? partner : cluster;
    if (!name) return undefined;
    const other = this.#fleet.cluster(name);
    const { namespace } = spec;
    const isTaken = other.objects.instances.get(`${namespace}/${spec.name}`);
    return isTaken ? undefined : other;
  }

  #cancelMoment(): CancelMoment | undefined {
    return happens(this.#random, CANCEL_PERCENT)
      ? pickWeighted(this.#random, CANCEL_MOMENTS)
      : undefined;
  }

  /** A move that waits for a partner that nobody reaches is cancelled by a person. */
  #giveUpOn(
    { namespace, name }: DemoMachine['spec'],
    cluster: KubeVirtCluster,
  ): void {
    this.#clock.schedule(GIVE_UP_MS, () => {
      for (const { metadata } of cluster.objects.migrationsOf(
        `${namespace}/${name}`,
      )) {
        cluster.deleteMigration(metadata);
      }
    });
  }
}
