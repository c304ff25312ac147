/** What becomes of an instance next, apart from its migrations: pure. */
import { isDeepStrictEqual } from 'node:util';
import {
  ANNOTATIONS,
  hasTrueCondition,
  INSTANCE_CONDITIONS,
  isInstanceFinal,
  type VirtualMachineInstance,
} from '../objects';
import { isPodDown, type LauncherPod } from '../pods';

export interface InstanceView {
  instance: VirtualMachineInstance;
  /** Oldest first. */
  pods: readonly LauncherPod[];
  /** When the guest runs, or has shut down; absent until that is under way. */
  guestRunsAtMs?: number;
  shutDownAtMs?: number;
  nowMs: number;
}

export type InstanceAction =
  | { type: 'wait'; untilMs?: number }
  | { type: 'create-pod' }
  | { type: 'first-status'; phase: 'Scheduling' | 'WaitingForSync' }
  | { type: 'schedule-target' }
  | { type: 'return-to-waiting' }
  | { type: 'note-pods'; activePods: Record<string, string> }
  | { type: 'note-quality' }
  | { type: 'note-node'; node: string }
  | { type: 'start-guest' }
  | { type: 'run' }
  | { type: 'note-ready'; ready: boolean }
  | { type: 'shut-down' }
  | { type: 'end' }
  | { type: 'end-pods' }
  | { type: 'release' };

const WAIT: InstanceAction = { type: 'wait' };

export function planInstance(view: InstanceView): InstanceAction {
  const { instance } = view;
  if (isInstanceFinal(instance)) return planAfterEnd(view);
  if (instance.metadata.deletionTimestamp) return planShutdown(view);
  return (
    planStatus(view) ??
    planPods(view) ??
    planStart(view) ??
    planReadiness(view) ??
    WAIT
  );
}

function planAfterEnd({ instance, pods }: InstanceView): InstanceAction {
  if (isReady(instance)) return { type: 'note-ready', ready: false };
  if (pods.some(pod => !isPodDown(pod))) return { type: 'end-pods' };
  if (!instance.metadata.deletionTimestamp || pods.length > 0) return WAIT;
  return (instance.metadata.finalizers ?? []).length > 0
    ? { type: 'release' }
    : WAIT;
}

function planShutdown({
  pods,
  shutDownAtMs,
  nowMs,
}: InstanceView): InstanceAction {
  if (pods.length === 0) return { type: 'end' };
  if (shutDownAtMs === undefined) return { type: 'shut-down' };
  return nowMs < shutDownAtMs
    ? { type: 'wait', untilMs: shutDownAtMs }
    : { type: 'end' };
}

/** A receiver has no pod of its own before its migration makes one. */
function planStatus({
  instance,
  pods,
}: InstanceView): InstanceAction | undefined {
  const isTarget = isMigrationTarget(instance);
  if (instance.status?.phase === undefined) {
    if (isTarget) return { type: 'first-status', phase: 'WaitingForSync' };
    return pods.length === 0
      ? { type: 'create-pod' }
      : { type: 'first-status', phase: 'Scheduling' };
  }
  const { phase } = instance.status;
  if (phase === 'WaitingForSync' && pods.length > 0) {
    return { type: 'schedule-target' };
  }
  const hasStarted = phase === 'Scheduling' || phase === 'Scheduled';
  return isTarget && hasStarted && pods.length === 0
    ? { type: 'return-to-waiting' }
    : undefined;
}

function planPods({
  instance,
  pods,
}: InstanceView): InstanceAction | undefined {
  const activePods = Object.fromEntries(
    pods
      .filter(({ role }) => role === 'launcher')
      .map(({ uid, node }) => [uid, node ?? '']),
  );
  const known = instance.status?.activePods ?? {};
  if (!instance.status?.qosClass && Object.keys(known).length > 0) {
    return { type: 'note-quality' };
  }
  return isDeepStrictEqual(activePods, known)
    ? undefined
    : { type: 'note-pods', activePods };
}

function planStart({
  instance,
  pods,
  guestRunsAtMs,
  nowMs,
}: InstanceView): InstanceAction | undefined {
  const phase = instance.status?.phase;
  const pod = pods.find(({ role }) => role === 'launcher');
  if (phase === 'Scheduling' && pod?.ready && pod.node) {
    return { type: 'note-node', node: pod.node };
  }
  if (phase !== 'Scheduled' || isMigrationTarget(instance)) return undefined;
  if (guestRunsAtMs === undefined) return { type: 'start-guest' };
  return nowMs < guestRunsAtMs
    ? { type: 'wait', untilMs: guestRunsAtMs }
    : { type: 'run' };
}

function planReadiness({ instance }: InstanceView): InstanceAction | undefined {
  return instance.status?.phase === 'Running' && !isReady(instance)
    ? { type: 'note-ready', ready: true }
    : undefined;
}

function isReady(instance: VirtualMachineInstance): boolean {
  return hasTrueCondition(
    instance.status?.conditions,
    INSTANCE_CONDITIONS.ready,
  );
}

/** Made to receive a guest, and has not received it yet. */
export function isMigrationTarget(instance: VirtualMachineInstance): boolean {
  return (
    instance.metadata.annotations?.[ANNOTATIONS.migrationTarget] === 'true'
  );
}
