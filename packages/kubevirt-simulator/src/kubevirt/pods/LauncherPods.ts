/**
 * The pods of a cluster. They are not served: what matters about a pod reaches watchers
 * through the VirtualMachineInstance. Controllers create and remove pods, the kubelet
 * schedules and starts them, and everybody may listen.
 */
import { nameSuffix, uuid, type Random } from '../../random';
import { keyOf } from '../objects';

export interface LauncherPod {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly instanceName: string;
  /** `launcher` runs the guest; `attachment` holds hotplugged volumes for a target. */
  readonly role: 'launcher' | 'attachment';
  /** uid of the migration whose target this pod is. */
  readonly migrationUid?: string;
  /** The only node that it may go to, when one was asked for. */
  readonly requestedNode?: string;
  readonly createdAtMs: number;
  node?: string;
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  ready: boolean;
  /** The scheduler found no node. */
  unschedulable: boolean;
}

/** What whoever wants a pod says about it. */
export type PodRequest = Pick<
  LauncherPod,
  | 'namespace'
  | 'instanceName'
  | 'role'
  | 'migrationUid'
  | 'requestedNode'
  | 'createdAtMs'
>;

export type PodChange = 'created' | 'changed' | 'removed';

export type PodListener = (change: PodChange, pod: LauncherPod) => void;

/** True when the pod has ended, well or badly. */
export function isPodDown(pod: LauncherPod): boolean {
  return pod.phase === 'Succeeded' || pod.phase === 'Failed';
}

export class LauncherPods {
  readonly #random: Random;
  readonly #byInstance = new Map<string, LauncherPod[]>();
  readonly #countByNode = new Map<string, number>();
  readonly #listeners = new Set<PodListener>();

  constructor(random: Random) {
    this.#random = random;
  }

  create(pod: PodRequest): LauncherPod {
    const created = this.#make(pod);
    this.#put(created);
    this.#tell('created', created);
    return created;
  }

  /** Takes in a pod that has long been running; nobody is told. */
  adopt(pod: PodRequest, node: string): LauncherPod {
    const adopted: LauncherPod = {
      ...this.#make(pod),
      node,
      phase: 'Running',
      ready: true,
    };
    this.#put(adopted);
    this.#count(adopted, 1);
    return adopted;
  }

  change(
    pod: LauncherPod,
    change: Partial<
      Pick<LauncherPod, 'node' | 'phase' | 'ready' | 'unschedulable'>
    >,
  ): void {
    if (!this.has(pod)) return;
    this.#count(pod, -1);
    Object.assign(pod, change);
    this.#count(pod, 1);
    this.#tell('changed', pod);
  }

  remove(pod: LauncherPod): void {
    if (!this.has(pod)) return;
    const key = keyOf(pod.namespace, pod.instanceName);
    const rest = this.of(pod.namespace, pod.instanceName).filter(
      other => other !== pod,
    );
    if (rest.length > 0) this.#byInstance.set(key, rest);
    else this.#byInstance.delete(key);
    this.#count(pod, -1);
    this.#tell('removed', pod);
  }

  /** All pods of an instance, oldest first. */
  of(namespace: string, instanceName: string): readonly LauncherPod[] {
    return this.#byInstance.get(keyOf(namespace, instanceName)) ?? [];
  }

  has(pod: LauncherPod): boolean {
    return this.of(pod.namespace, pod.instanceName).includes(pod);
  }

  /** How many pods run or start on a node. */
  countOn(node: string): number {
    return this.#countByNode.get(node) ?? 0;
  }

  subscribe(listener: PodListener): void {
    this.#listeners.add(listener);
  }

  #make(pod: PodRequest): LauncherPod {
    const prefix = pod.role === 'launcher' ? 'virt-launcher' : 'hp-volume';
    return {
      ...pod,
      uid: uuid(this.#random),
      name: `${prefix}-${pod.instanceName}-${nameSuffix(this.#random)}`,
      phase: 'Pending',
      ready: false,
      unschedulable: false,
    };
  }

  #put(pod: LauncherPod): void {
    const key = keyOf(pod.namespace, pod.instanceName);
    this.#byInstance.set(key, [...(this.#byInstance.get(key) ?? []), pod]);
  }

  #count(pod: LauncherPod, difference: number): void {
    if (pod.node && !isPodDown(pod)) {
      this.#countByNode.set(pod.node, this.countOn(pod.node) + difference);
    }
  }

  #tell(change: PodChange, pod: LauncherPod): void {
    for (const listener of this.#listeners) listener(change, pod);
  }
}
