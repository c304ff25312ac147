/*
 * Objects of the size that real ones have: a migration of about 2 kB, an instance of about
 * 4 kB, managed fields included.
 */

const PHASES = [
  'Pending',
  'Scheduling',
  'Scheduled',
  'PreparingTarget',
  'TargetReady',
  'Running',
  'Succeeded',
] as const;

/**
 * The ten events of a move: created, stamped, one per phase, and the state that is copied
 * one event after the end.
 */
export const stepOf = { last: PHASES.length + 2 } as const;

const STAMPED = { 'kubevirt.io/latest-observed-api-version': 'v1' };

const BEGIN_MS = Date.UTC(2026, 2, 4, 10, 15);

function padding(bytes: number): object[] {
  return [
    {
      manager: 'virt-controller',
      operation: 'Update',
      apiVersion: 'kubevirt.io/v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:status': 'x'.repeat(bytes) },
    },
  ];
}

function seconds(offset: number): string {
  return new Date(BEGIN_MS + offset * 1_000)
    .toISOString()
    .replace('.000Z', 'Z');
}

function uid(kind: string, cluster: number, index: number): string {
  const digits = `${cluster}`.padStart(4, '0') + `${index}`.padStart(8, '0');
  return `${kind}-0000-4000-8000-${digits}`;
}

/** A migration at one of its ten steps. */
export function benchmarkMigration(
  cluster: number,
  index: number,
  step: number,
) {
  const reached = PHASES.slice(
    0,
    Math.max(0, Math.min(step - 1, PHASES.length)),
  );
  const state =
    step === stepOf.last
      ? {
          migrationUid: uid('00000001', cluster, index),
          sourceNode: `node-${index % 40}`,
          sourcePod: `virt-launcher-vm-${index}-aaaaa`,
          targetNode: `node-${(index + 1) % 40}`,
          targetPod: `virt-launcher-vm-${index}-bbbbb`,
          startTimestamp: seconds(index + 5),
          endTimestamp: seconds(index + 20),
          completed: true,
          mode: 'PreCopy',
          migrationPolicyName: 'default',
          migrationConfiguration: {
            bandwidthPerMigration: '512Mi',
            completionTimeoutPerGiB: 150,
            parallelMigrationsPerCluster: 5,
          },
        }
      : { sourcePod: `virt-launcher-vm-${index}-aaaaa` };
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstanceMigration',
    metadata: {
      name: `kubevirt-migrate-vm-${index}`,
      namespace: `team-${index % 20}`,
      uid: uid('00000001', cluster, index),
      creationTimestamp: seconds(index),
      labels: { 'kubevirt.io/vmi-name': `vm-${index}` },
      annotations: step === 0 ? undefined : STAMPED,
      finalizers: ['kubevirt.io/migrationJobFinalize'],
      managedFields: padding(900),
    },
    spec: { vmiName: `vm-${index}` },
    ...(reached.length > 0 && {
      status: {
        phase: reached.at(-1),
        phaseTransitionTimestamps: reached.map((phase, at) => ({
          phase,
          phaseTransitionTimestamp: seconds(index + at),
        })),
        migrationState: state,
      },
    }),
  };
}

/** A running instance. */
export function benchmarkInstance(cluster: number, index: number) {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: {
      name: `vm-${index}`,
      namespace: `team-${index % 20}`,
      uid: uid('00000002', cluster, index),
      creationTimestamp: seconds(index),
      labels: {
        app: `vm-${index}`,
        'kubevirt.io/nodeName': `node-${index % 40}`,
      },
      ownerReferences: [
        {
          apiVersion: 'kubevirt.io/v1',
          kind: 'VirtualMachine',
          name: `vm-${index}`,
          uid: uid('00000003', cluster, index),
          controller: true,
        },
      ],
      managedFields: padding(2_000),
    },
    spec: {
      domain: {
        cpu: { sockets: 2, cores: 1, threads: 1 },
        memory: { guest: '8Gi' },
        devices: {
          disks: [{ name: 'root', disk: { bus: 'virtio' } }],
          interfaces: [{ name: 'default', masquerade: {} }],
        },
      },
      networks: [{ name: 'default', pod: {} }],
      volumes: [{ name: 'root', persistentVolumeClaim: { claimName: 'root' } }],
    },
    status: {
      phase: 'Running',
      nodeName: `node-${index % 40}`,
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'LiveMigratable', status: 'True' },
        { type: 'AgentConnected', status: 'True' },
      ],
      interfaces: [
        {
          name: 'default',
          ipAddress: `10.${cluster}.${index >> 8}.${index & 255}`,
          infoSource: 'domain, guest-agent',
        },
      ],
      guestOSInfo: {
        name: 'Debian GNU/Linux',
        prettyName: 'Debian GNU/Linux 13',
      },
      volumeStatus: [{ name: 'root', target: 'vda' }],
    },
  };
}
