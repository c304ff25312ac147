import { at } from './__testUtils__/outline';
import { lastStateOf } from './__testUtils__/lastState';
import { Simulation, WEB } from './__testUtils__/simulation';

it('a migration carries the policy and the settings of its hand-off', () => {
  const simulation = new Simulation(1, {
    policies: [
      {
        name: 'shop-slowly',
        namespaceSelector: { 'kubernetes.io/metadata.name': 'shop' },
        configuration: { bandwidthPerMigration: '64Mi', allowPostCopy: true },
      },
    ],
  });
  const { uid } = simulation.a.migrate(WEB, { copyMs: 10_000 }).metadata;
  simulation.clock.advance(20_000);
  expect(lastStateOf(simulation, uid).state).toMatchObject({
    migrationPolicyName: 'shop-slowly',
    migrationConfiguration: {
      bandwidthPerMigration: '64Mi',
      allowPostCopy: true,
      completionTimeoutPerGiB: 150,
    },
    mode: 'PostCopy',
  });
  expect(
    simulation.a.store.get('migrationpolicies', undefined, 'shop-slowly'),
  ).toMatchObject({
    spec: {
      selectors: {
        namespaceSelector: { 'kubernetes.io/metadata.name': 'shop' },
      },
      bandwidthPerMigration: '64Mi',
    },
  });
});

it('of a pair the policy of the target counts, and the source is told', () => {
  const { a, fleet, clock, history } = new Simulation(1);
  const to = fleet.addCluster({
    name: 'cluster-c',
    nodes: ['c-1', 'c-2'],
    settings: {
      policies: [
        { name: 'receiver', namespaceSelector: {}, configuration: {} },
      ],
    },
  });
  fleet.mover.move({ from: a, vm: WEB, to, keep: true });
  clock.advance(30_000);
  const [move] = fleet.truth.moves();
  const [source] = history.filter(
    ({ object }) =>
      object.metadata.uid === move.uids[0] &&
      at(object, 'status', 'migrationState', 'completed') === true,
  );
  expect(at(source.object, 'status', 'migrationState')).toMatchObject({
    migrationPolicyName: 'receiver',
  });
});

it('a hotplug keeps the migration running until it has settled', () => {
  const simulation = new Simulation();
  const { uid } = simulation.a.migrate(WEB, { cause: 'hotplug' }).metadata;
  simulation.clock.advance(30_000);
  const arrivedMs = simulation.history.find(
    ({ object }) =>
      object.kind === 'VirtualMachineInstance' &&
      at(object, 'status', 'migrationState', 'completed') === true,
  )?.atMs;
  const { endedAt, outcome } = simulation.fleet.truth.leg(uid) ?? {};
  expect(outcome).toBe('succeeded');
  expect(Date.parse(endedAt ?? '') - (arrivedMs ?? NaN)).toBeGreaterThan(1_000);
  const { status } = simulation.a.objects.instances.get('shop/web-1') ?? {};
  expect(JSON.stringify(status?.conditions)).not.toContain('HotVCPUChange');
});

it('a move of the disks uses a third port and is called a block migration', () => {
  const simulation = new Simulation();
  const { uid, labels } = simulation.a.migrate(WEB, {
    cause: 'volume-update',
  }).metadata;
  expect(labels).toMatchObject({
    'kubevirt.io/volume-update-migration': 'web-1',
  });
  simulation.clock.advance(30_000);
  const ports = at(
    lastStateOf(simulation, uid).state,
    'targetDirectMigrationNodePorts',
  );
  expect(Object.values(Object(ports))).toEqual([0, 49152, 49153]);
  const { status } = simulation.a.objects.instances.get('shop/web-1') ?? {};
  expect(status).toMatchObject({ migrationMethod: 'LiveMigration' });
  expect(status).not.toHaveProperty('migratedVolumes');
});

describe.each([
  ['virtctl', {}],
  ['console', {}],
  ['update', { 'kubevirt.io/workloadUpdateMigration': '' }],
  ['hotplug', { 'kubevirt.io/workloadUpdateMigration': '' }],
] as const)('a migration made by %s', (cause, annotations) => {
  it('carries its marks', () => {
    const simulation = new Simulation();
    const { metadata, spec } = simulation.a.migrate(WEB, { cause });
    expect(metadata.annotations ?? {}).toEqual(annotations);
    const priorities: Record<string, string | undefined> = {
      update: 'system-critical',
      hotplug: 'user-triggered',
    };
    expect(spec.priority).toBe(priorities[cause]);
    expect(metadata.name).toMatch(
      {
        virtctl: /^kubevirt-migrate-vm-.{5}$/,
        console: /^web-1-mig-.{4}$/,
        update: /^kubevirt-workload-update-.{5}$/,
        hotplug: /^kubevirt-workload-update-.{5}$/,
      }[cause],
    );
  });
});
