import { observe } from './observe';
import { INSTANCES, VIRTUAL_MACHINES } from './resources';
import type { InstancePart, VirtualMachinePart } from './types';

interface ObjectParts {
  metadata?: Record<string, unknown>;
  spec?: unknown;
  status?: unknown;
}

const context = {
  cluster: 'alpha',
  type: 'MODIFIED',
  observedAt: '2026-03-04T10:00:00.000Z',
} as const;

function objectOf({ metadata, spec, status }: ObjectParts) {
  return {
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: 'uid-1',
      resourceVersion: '7',
      ...metadata,
    },
    spec,
    status,
  };
}

function instanceOf(parts: ObjectParts = {}): InstancePart {
  const observation = observe(objectOf(parts), {
    ...context,
    resource: INSTANCES,
  });
  if (observation.kind !== 'instance') {
    throw new Error(`Expected an instance, not ${observation.kind}`);
  }
  return observation.instance;
}

function machineOf(parts: ObjectParts = {}): VirtualMachinePart {
  const observation = observe(objectOf(parts), {
    ...context,
    resource: VIRTUAL_MACHINES,
  });
  if (observation.kind !== 'virtual-machine') {
    throw new Error(`Expected a virtual machine, not ${observation.kind}`);
  }
  return observation.machine;
}

describe('the CPUs of an instance', () => {
  const domain = { cpu: { sockets: 2, cores: 4, threads: 1 } };

  it.each([
    [
      'what it has now, before what was asked for',
      { domain },
      { currentCPUTopology: { sockets: 8, cores: 1, threads: 2 } },
      { sockets: 8, cores: 1, threads: 2 },
    ],
    [
      'what was asked for',
      { domain },
      {},
      { sockets: 2, cores: 4, threads: 1 },
    ],
    [
      'one of each that is not given',
      { domain: { cpu: { cores: 4 } } },
      {},
      { sockets: 1, cores: 4, threads: 1 },
    ],
    [
      'what was asked for, when what it has now is empty',
      { domain },
      { currentCPUTopology: {} },
      { sockets: 2, cores: 4, threads: 1 },
    ],
    [
      'unknown when no number makes sense',
      { domain: { cpu: { sockets: 0, cores: -1, threads: 2.5 } } },
      {},
      undefined,
    ],
    ['unknown when nothing is given', { domain: {} }, {}, undefined],
  ])('are %s', (_, spec, status, cpu) => {
    expect(instanceOf({ spec, status }).cpu).toEqual(cpu);
  });
});

describe('the memory of an instance', () => {
  it.each([
    [
      'what the guest has now',
      { domain: { memory: { guest: '4Gi' } } },
      { memory: { guestCurrent: '8Gi' } },
      8 * 2 ** 30,
    ],
    [
      'what the guest was given',
      {
        domain: {
          memory: { guest: '4Gi' },
          resources: { requests: { memory: '5Gi' } },
        },
      },
      {},
      4 * 2 ** 30,
    ],
    [
      'what was requested',
      { domain: { resources: { requests: { memory: '1500M' } } } },
      {},
      1.5e9,
    ],
    [
      'what was given, where what it has now is no quantity',
      { domain: { memory: { guest: '4Gi' } } },
      { memory: { guestCurrent: 'plenty' } },
      4 * 2 ** 30,
    ],
    ['unknown', {}, {}, undefined],
  ])('is %s', (_, spec, status, bytes) => {
    expect(instanceOf({ spec, status }).memoryBytes).toBe(bytes);
  });
});

describe('the addresses of an instance', () => {
  it('are those of all interfaces, the first one first, each once', () => {
    const interfaces = [
      { ipAddress: '10.0.0.5', ipAddresses: ['10.0.0.5', 'fd00::5'] },
      null,
      { name: 'no-address' },
      { ipAddresses: ['192.168.1.2', 7, '', '10.0.0.5'] },
    ];
    expect(instanceOf({ status: { interfaces } }).ipAddresses).toEqual([
      '10.0.0.5',
      'fd00::5',
      '192.168.1.2',
    ]);
  });

  it.each([undefined, null, {}, 'x', []])('are none in %j', interfaces => {
    expect(instanceOf({ status: { interfaces } }).ipAddresses).toEqual([]);
  });
});

describe('what else is kept of an instance', () => {
  it('is state, place, guest and owner', () => {
    expect(
      instanceOf({
        metadata: {
          labels: { app: 'web' },
          creationTimestamp: '2026-03-04T09:00:00Z',
          ownerReferences: [
            { kind: 'VirtualMachineInstanceReplicaSet', uid: 'other' },
            { kind: 'VirtualMachine', uid: 'vm-1' },
          ],
        },
        status: {
          phase: 'Running',
          nodeName: 'node-1',
          guestOSInfo: { prettyName: 'Debian 13', name: 'Debian' },
          conditions: [
            { type: 'Ready', status: 'True' },
            {
              type: 'LiveMigratable',
              status: 'False',
              reason: 'DisksNotLiveMigratable',
            },
          ],
        },
      }),
    ).toEqual({
      instanceUid: 'uid-1',
      vmUid: 'vm-1',
      phase: 'Running',
      ready: true,
      node: 'node-1',
      ipAddresses: [],
      guestOs: 'Debian 13',
      liveMigratable: { status: false, reason: 'DisksNotLiveMigratable' },
      labels: { app: 'web' },
      createdAt: '2026-03-04T09:00:00.000Z',
    });
  });

  it('is the plain name of a guest without a pretty one', () => {
    expect(
      instanceOf({ status: { guestOSInfo: { name: 'Debian' } } }).guestOs,
    ).toBe('Debian');
  });

  it.each([undefined, null, 'x', 7, []])('is little with status %j', status => {
    expect(instanceOf({ status })).toEqual({
      instanceUid: 'uid-1',
      ipAddresses: [],
      labels: {},
    });
  });

  it('is not ready while the condition is Unknown, and nothing without one', () => {
    const conditions = [{ type: 'Ready', status: 'Unknown' }];
    expect(instanceOf({ status: { conditions } }).ready).toBe(false);
    expect(instanceOf({ status: { conditions: [] } }).ready).toBeUndefined();
  });
});

describe('what an instance says about a migration', () => {
  it('comes with the uid of its virtual machine', () => {
    const observation = observe(
      objectOf({
        metadata: {
          ownerReferences: [{ kind: 'VirtualMachine', uid: 'vm-1' }],
        },
        status: {
          nodeName: 'node-1',
          migrationState: { migrationUid: 'm-1', targetNode: 'node-2' },
        },
      }),
      { ...context, resource: INSTANCES },
    );
    expect(observation).toMatchObject({
      migration: { uid: 'm-1', facts: { targetNode: 'node-2', vmUid: 'vm-1' } },
    });
  });
});

describe('what is kept of a virtual machine', () => {
  it('is its status, strategy and template', () => {
    expect(
      machineOf({
        metadata: { labels: { app: 'web' } },
        spec: {
          runStrategy: 'RerunOnFailure',
          template: {
            spec: {
              domain: {
                cpu: { sockets: 2 },
                memory: { guest: '2Gi' },
              },
            },
          },
        },
        status: { printableStatus: 'WaitingForReceiver', ready: false },
      }),
    ).toEqual({
      uid: 'uid-1',
      status: 'WaitingForReceiver',
      runStrategy: 'RerunOnFailure',
      ready: false,
      labels: { app: 'web' },
      cpu: { sockets: 2, cores: 1, threads: 1 },
      memoryBytes: 2 * 2 ** 30,
    });
  });

  it.each([
    [{ running: true }, 'Always'],
    [{ running: false }, 'Halted'],
    [{ running: true, runStrategy: 'Manual' }, 'Manual'],
    [{ running: 'yes' }, undefined],
    [{}, undefined],
  ])('is the strategy of %j', (spec, runStrategy) => {
    expect(machineOf({ spec }).runStrategy).toBe(runStrategy);
  });

  it('is no CPU and no memory where an instance type has them', () => {
    const machine = machineOf({
      spec: {
        instancetype: { name: 'u1.medium' },
        template: { spec: { domain: { devices: {} } } },
      },
    });
    expect(machine.cpu).toBeUndefined();
    expect(machine.memoryBytes).toBeUndefined();
  });
});
