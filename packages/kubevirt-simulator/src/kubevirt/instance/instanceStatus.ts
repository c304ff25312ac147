/** Changes to the status of an instance as virt-controller and virt-handler make them. */
import {
  enteredPhases,
  FINALIZERS,
  findCondition,
  INSTANCE_CONDITIONS,
  kubernetesTime,
  LABELS,
  withCondition,
  type VirtualMachineInstance,
} from '../objects';

export function enterInstancePhase(
  draft: VirtualMachineInstance,
  phase: string,
  nowMs: number,
): void {
  draft.status = {
    ...draft.status,
    phase,
    phaseTransitionTimestamps: enteredPhases(
      draft.status?.phaseTransitionTimestamps,
      phase,
      nowMs,
    ),
  };
}

/** The first time that virt-controller writes a status. */
export function writeFirstStatus(
  draft: VirtualMachineInstance,
  phase: 'Scheduling' | 'WaitingForSync',
  activePods: Record<string, string>,
  nowMs: number,
): void {
  draft.metadata.finalizers = (draft.metadata.finalizers ?? []).map(finalizer =>
    finalizer === FINALIZERS.instanceAtCreation
      ? FINALIZERS.instance
      : finalizer,
  );
  draft.status = { guestOSInfo: {}, runtimeUser: 0 };
  enterInstancePhase(draft, phase, nowMs);
  if (phase === 'Scheduling') {
    writeScheduling(draft, activePods, nowMs);
  } else {
    writeNotReady(
      draft,
      'PodNotExists',
      'virt-launcher pod has not yet been scheduled',
      nowMs,
    );
  }
}

export function writeScheduling(
  draft: VirtualMachineInstance,
  activePods: Record<string, string>,
  nowMs: number,
): void {
  enterInstancePhase(draft, 'Scheduling', nowMs);
  draft.status = {
    ...draft.status,
    activePods,
    launcherContainerImageVersion: 'virt-launcher',
    memory: { memoryOverhead: '290Mi' },
  };
  writeNotReady(
    draft,
    'GuestNotRunning',
    'Guest VM is not reported as running',
    nowMs,
  );
}

/** virt-handler has taken the pod over. */
export function writeScheduled(
  draft: VirtualMachineInstance,
  node: string,
  nowMs: number,
): void {
  enterInstancePhase(draft, 'Scheduled', nowMs);
  draft.metadata.labels = { ...draft.metadata.labels, [LABELS.node]: node };
  draft.status = {
    ...draft.status,
    interfaces: [{ name: 'default', podInterfaceName: 'eth0' }],
    migrationTransport: 'Unix',
    nodeName: node,
    volumeStatus: [{ name: 'disk0', target: '' }],
  };
}

/** virt-handler sees the guest run. */
export function writeRunning(
  draft: VirtualMachineInstance,
  ipAddress: string,
  nowMs: number,
): void {
  enterInstancePhase(draft, 'Running', nowMs);
  writeMigratable(draft, nowMs);
  draft.status = {
    ...draft.status,
    interfaces: [
      {
        infoSource: 'domain',
        ipAddress,
        mac: macOf(ipAddress),
        name: 'default',
      },
    ],
    migrationMethod: 'LiveMigration',
    selinuxContext: 'none',
  };
}

export function writeMigratable(
  draft: VirtualMachineInstance,
  nowMs: number,
): void {
  const now = kubernetesTime(nowMs);
  for (const type of [
    INSTANCE_CONDITIONS.liveMigratable,
    INSTANCE_CONDITIONS.storageLiveMigratable,
  ]) {
    if (findCondition(draft.status?.conditions, type)) continue;
    draft.status = {
      ...draft.status,
      conditions: withCondition(draft.status?.conditions, {
        type,
        status: 'True',
        lastProbeTime: now,
        lastTransitionTime: now,
      }),
    };
  }
}

export function writeReady(draft: VirtualMachineInstance, nowMs: number): void {
  draft.status = {
    ...draft.status,
    conditions: withCondition(draft.status?.conditions, {
      type: INSTANCE_CONDITIONS.ready,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: kubernetesTime(nowMs),
    }),
    interfaces: draft.status?.interfaces?.map(each => ({
      ...each,
      podInterfaceName: 'eth0',
    })),
  };
}

export function writeNotReady(
  draft: VirtualMachineInstance,
  reason: string,
  message: string,
  nowMs: number,
): void {
  const now = kubernetesTime(nowMs);
  draft.status = {
    ...draft.status,
    conditions: withCondition(draft.status?.conditions, {
      type: INSTANCE_CONDITIONS.ready,
      status: 'False',
      reason,
      message,
      lastProbeTime: now,
      lastTransitionTime: now,
    }),
  };
}

/** A receiver whose migration has come to nothing waits for the next one. */
export function writeWaitingAgain(
  draft: VirtualMachineInstance,
  nowMs: number,
): void {
  const {
    [LABELS.node]: _node,
    [LABELS.targetNode]: _target,
    ...labels
  } = draft.metadata.labels ?? {};
  draft.metadata.labels = labels;
  enterInstancePhase(draft, 'WaitingForSync', nowMs);
  draft.status = { ...draft.status, nodeName: undefined, activePods: {} };
}

/** Locally administered, and the same for the same address. */
function macOf(ipAddress: string): string {
  const bytes = ipAddress
    .split('.')
    .map(part => Number(part).toString(16).padStart(2, '0'));
  return ['02', '00', ...bytes].join(':');
}
