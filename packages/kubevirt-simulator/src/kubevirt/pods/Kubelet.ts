/**
 * The scheduler and the kubelets: find a node for each pod, start it, and clear it away
 * when it has ended.
 */
import type { Clock } from '../../clock';
import type { Random } from '../../random';
import { delay, type MigrationFates } from '../fate';
import type { Range, Timings } from '../settings';
import { isPodDown, type LauncherPod, type LauncherPods } from './LauncherPods';
import type { NodePool } from './NodePool';

export interface KubeletOptions {
  clock: Clock;
  random: Random;
  timings: Timings;
  pods: LauncherPods;
  nodes: NodePool;
  fates: MigrationFates;
}

/** The scheduler tries again what it could not place. */
const RETRY_MS: Range = [1_000, 2_000];

export class Kubelet {
  readonly #options: KubeletOptions;

  constructor(options: KubeletOptions) {
    this.#options = options;
  }

  start(): void {
    const { pods, timings } = this.#options;
    pods.subscribe((change, pod) => {
      if (change === 'created') {
        this.#after(timings.podScheduling, pod, () => this.#schedule(pod));
      }
      if (change === 'changed' && isPodDown(pod)) {
        this.#after(timings.podCleanup, pod, () => pods.remove(pod));
      }
    });
  }

  #schedule(pod: LauncherPod): void {
    const { pods, fates, timings } = this.#options;
    const fail = pod.migrationUid && fates.of(pod.migrationUid).fail;
    const node =
      fail === 'pod-unschedulable' ? undefined : this.#chooseNode(pod);
    if (!node) {
      if (!pod.unschedulable) pods.change(pod, { unschedulable: true });
      this.#after(RETRY_MS, pod, () => this.#schedule(pod));
      return;
    }
    pods.change(pod, { node, unschedulable: false });
    if (fail === 'pod-stuck') return;
    this.#after(timings.podStart, pod, () => {
      if (!isPodDown(pod)) pods.change(pod, { phase: 'Running', ready: true });
    });
  }

  /** The emptiest node that holds no other pod of the instance, by chance among equals. */
  #chooseNode(pod: LauncherPod): string | undefined {
    const { pods, nodes, random } = this.#options;
    const siblings = pods.of(pod.namespace, pod.instanceName);
    if (pod.role === 'attachment') {
      const launcher = siblings.find(
        ({ role, migrationUid }) =>
          role === 'launcher' && migrationUid === pod.migrationUid,
      );
      return launcher?.node;
    }
    const taken = new Set(siblings.map(({ node }) => node));
    const candidates = nodes
      .schedulable()
      .filter(name => !taken.has(name) && name === (pod.requestedNode ?? name));
    const least = Math.min(...candidates.map(name => pods.countOn(name)));
    const emptiest = candidates.filter(name => pods.countOn(name) === least);
    return emptiest.length > 0
      ? emptiest[random.integer(0, emptiest.length - 1)]
      : undefined;
  }

  /** As long as the pod is there. */
  #after(range: Range, pod: LauncherPod, action: () => void): void {
    const { clock, random, pods } = this.#options;
    clock.schedule(delay(random, range), () => {
      if (pods.has(pod)) action();
    });
  }
}
