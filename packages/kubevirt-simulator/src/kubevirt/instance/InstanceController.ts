/**
 * The life of instances apart from their migrations: virt-controller's part (pods, phases,
 * readiness, end) and what virt-handler does to start and stop a guest.
 */
import { ReconcileQueue } from '../access';
import type { ClusterContext } from '../ClusterContext';
import { delay } from '../fate';
import { keyOf, LABELS, type VirtualMachineInstance } from '../objects';
import {
  enterInstancePhase,
  writeFirstStatus,
  writeNotReady,
  writeReady,
  writeRunning,
  writeScheduled,
  writeScheduling,
  writeWaitingAgain,
} from './instanceStatus';
import { podAddress } from './podAddress';
import { planInstance, type InstanceAction } from './planInstance';

/** Times that no object shows. */
interface GuestTimes {
  runsAtMs?: number;
  shutDownAtMs?: number;
}

export class InstanceController {
  readonly #context: ClusterContext;
  readonly #queue: ReconcileQueue;
  readonly #times = new Map<string, GuestTimes>();

  constructor(context: ClusterContext) {
    this.#context = context;
    this.#queue = new ReconcileQueue(context.clock, key =>
      this.#reconcile(key),
    );
  }

  start(): void {
    const { objects, pods } = this.#context;
    objects.instances.subscribe(({ key, current }) => {
      if (current) this.#enqueue(key);
      else this.#forget(key);
    });
    pods.subscribe((_change, pod) =>
      this.#enqueue(keyOf(pod.namespace, pod.instanceName)),
    );
  }

  #reconcile(key: string): void {
    const { objects, pods, clock } = this.#context;
    const instance = objects.instances.get(key);
    if (!instance) return;
    const { namespace, name } = instance.metadata;
    const times = this.#times.get(key);
    const action = planInstance({
      instance,
      pods: pods.of(namespace, name),
      guestRunsAtMs: times?.runsAtMs,
      shutDownAtMs: times?.shutDownAtMs,
      nowMs: clock.now(),
    });
    if (action.type === 'wait') {
      if (action.untilMs !== undefined) {
        this.#queue.add(key, action.untilMs - clock.now());
      }
      return;
    }
    this.#carryOut(action, key, instance);
  }

  #carryOut(
    action: InstanceAction,
    key: string,
    instance: VirtualMachineInstance,
  ): void {
    const { pods, clock, random, settings } = this.#context;
    const { namespace, name } = instance.metadata;
    const now = clock.now();
    switch (action.type) {
      case 'wait':
        return;
      case 'create-pod':
        this.#createPod(instance);
        return;
      case 'first-status':
        this.#write(key, draft =>
          writeFirstStatus(draft, action.phase, this.#activePods(key), now),
        );
        return;
      case 'schedule-target':
        this.#write(key, draft =>
          writeScheduling(draft, this.#activePods(key), now),
        );
        return;
      case 'return-to-waiting':
        this.#write(key, draft => writeWaitingAgain(draft, now));
        return;
      case 'note-pods':
        this.#write(key, draft => notePods(draft, action.activePods));
        return;
      case 'note-quality':
        this.#write(key, draft => {
          draft.status = { ...draft.status, qosClass: 'Burstable' };
        });
        return;
      case 'note-node':
        this.#write(key, draft => writeScheduled(draft, action.node, now));
        return;
      case 'start-guest':
        this.#times.set(key, {
          runsAtMs: now + delay(random, settings.timings.guestStart),
        });
        this.#enqueue(key);
        return;
      case 'run':
        this.#write(key, draft => writeRunning(draft, podAddress(random), now));
        return;
      case 'note-ready':
        this.#write(key, draft =>
          action.ready
            ? writeReady(draft, now)
            : writeNotReady(
                draft,
                'GuestNotRunning',
                'Guest VM is not reported as running',
                now,
              ),
        );
        return;
      case 'shut-down':
        this.#times.set(key, {
          shutDownAtMs: now + delay(random, settings.timings.shutdown),
        });
        this.#enqueue(key);
        return;
      case 'end':
        this.#write(key, draft => enterInstancePhase(draft, 'Succeeded', now));
        return;
      case 'end-pods':
        for (const pod of pods.of(namespace, name)) {
          pods.change(pod, { phase: 'Succeeded', ready: false });
        }
        return;
      case 'release':
        this.#write(key, draft => {
          draft.metadata.finalizers = undefined;
        });
        return;
      default:
        action satisfies never;
    }
  }

  #createPod(instance: VirtualMachineInstance): void {
    const { pods, clock, events } = this.#context;
    const { namespace, name } = instance.metadata;
    const pod = pods.create({
      namespace,
      instanceName: name,
      role: 'launcher',
      createdAtMs: clock.now(),
    });
    events.record(
      instance,
      'Normal',
      'SuccessfulCreate',
      `Created virtual machine pod ${pod.name}`,
    );
  }

  #activePods(key: string): Record<string, string> {
    const [namespace, name] = key.split('/');
    return Object.fromEntries(
      this.#context.pods
        .of(namespace, name)
        .map(({ uid, node }) => [uid, node ?? '']),
    );
  }

  /** With the instance goes whatever is left of its pods. */
  #forget(key: string): void {
    this.#times.delete(key);
    const [namespace, name] = key.split('/');
    const { pods } = this.#context;
    for (const pod of pods.of(namespace, name)) pods.remove(pod);
  }

  #write(key: string, change: (draft: VirtualMachineInstance) => void): void {
    this.#context.objects.instances.update(key, change);
  }

  #enqueue(key: string): void {
    const { random, settings } = this.#context;
    this.#queue.add(key, delay(random, settings.timings.reconcile));
  }
}

/** A node that no pod is on any more is not the target of a move. */
function notePods(
  draft: VirtualMachineInstance,
  activePods: Record<string, string>,
): void {
  draft.status = { ...draft.status, activePods };
  const labels = draft.metadata.labels ?? {};
  const target = labels[LABELS.targetNode];
  if (target && !Object.values(activePods).includes(target)) {
    const { [LABELS.targetNode]: _gone, ...rest } = labels;
    draft.metadata.labels = rest;
  }
}
