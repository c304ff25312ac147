import { lastStateOf, reasonsOf } from './__testUtils__/lastState';
import { at } from './__testUtils__/outline';
import { Simulation, WEB } from './__testUtils__/simulation';
import type { CancelMoment, LocalFailureClass } from './fate';
import type { MigrateOptions } from './KubeVirtCluster';

const COPIED = [
  'Pending',
  'Scheduling',
  'Scheduled',
  'PreparingTarget',
  'TargetReady',
  'Running',
];

/** Longer than the longest that a pod may take. */
const LONG_MS = 20 * 60_000;

function run(options: MigrateOptions) {
  const simulation = new Simulation();
  const { uid } = simulation.a.migrate(WEB, options).metadata;
  simulation.clock.advance(LONG_MS);
  const [move] = simulation.fleet.truth.moves();
  return { simulation, uid, move, last: lastStateOf(simulation, uid) };
}

function instance({ a }: Simulation) {
  return a.objects.instances.get('shop/web-1');
}

describe('a migration that fails', () => {
  const cases: {
    fail: LocalFailureClass;
    phases: string[];
    reason?: unknown;
    outcome?: string;
  }[] = [
    { fail: 'instance-shut-down', phases: COPIED },
    { fail: 'target-pod-down-before-hand-off', phases: COPIED.slice(0, 2) },
    {
      fail: 'target-pod-down',
      phases: COPIED.slice(0, 4),
      reason: 'Target pod is down',
    },
    { fail: 'target-pod-removed', phases: COPIED.slice(0, 2) },
    { fail: 'pod-unschedulable', phases: COPIED.slice(0, 2) },
    { fail: 'pod-stuck', phases: COPIED.slice(0, 2) },
    { fail: 'state-cleared', phases: COPIED.slice(0, 5) },
    { fail: 'taken-over', phases: COPIED.slice(0, 5) },
    {
      fail: 'handler-failed',
      phases: COPIED,
      reason: expect.stringContaining('Broken pipe'),
    },
    { fail: 'target-domain-missing', phases: COPIED },
    {
      fail: 'completion-timeout',
      phases: COPIED,
      reason: 'Live migration has been aborted',
      outcome: 'timed-out',
    },
    { fail: 'attachment-pod-down', phases: COPIED.slice(0, 2) },
    { fail: 'utility-volumes', phases: COPIED.slice(0, 1) },
    { fail: 'other-in-progress', phases: [] },
  ];

  it.each(cases)(
    'of $fail passes the phases up to there and says why where KubeVirt does',
    ({ fail, phases, reason, outcome = 'failed' }) => {
      const { simulation, uid, move, last } = run({ fail });
      expect(last.phases).toEqual([...phases, 'Failed']);
      expect(last.abortRequested).toBe(false);
      expect(move.outcome).toBe(outcome);
      expect(reasonsOf(simulation, uid)).toContain('FailedMigration');
      expect(at(last.state, 'failureReason')).toEqual(reason);
      expect(move.failureReason).toEqual(reason);
    },
  );

  it.each(['target-pod-down', 'handler-failed', 'pod-stuck'] as const)(
    'of %s leaves the guest running where it was, with one pod',
    fail => {
      const { simulation } = run({ fail });
      const { metadata, status } = instance(simulation) ?? {};
      expect(status).toMatchObject({ phase: 'Running', nodeName: 'node-1' });
      expect(Object.values(status?.activePods ?? {})).toEqual(['node-1']);
      expect(metadata?.labels).not.toHaveProperty([
        'kubevirt.io/migrationTargetNodeName',
      ]);
    },
  );

  it('before the hand-off never shows nodes', () => {
    const { last, move } = run({ fail: 'target-pod-down-before-hand-off' });
    expect(last.state).toEqual({ sourcePod: expect.any(String) });
    expect(move.target).toEqual({ cluster: 'cluster-a' });
  });

  it('waits five minutes for a node and says that there is none', () => {
    const { simulation, uid, move } = run({ fail: 'pod-unschedulable' });
    expect(
      Date.parse(move.endedAt ?? '') - Date.parse(move.createdAt),
    ).toBeGreaterThanOrEqual(5 * 60_000);
    expect(reasonsOf(simulation, uid)).toContain(
      'migrationTargetPodUnschedulable',
    );
  });

  it('is blocked by utility volumes for 150 s from its creation', () => {
    const { simulation, uid, move } = run({ fail: 'utility-volumes' });
    const lastedMs =
      Date.parse(move.endedAt ?? '') - Date.parse(move.createdAt);
    expect(lastedMs).toBeGreaterThanOrEqual(150_000);
    expect(lastedMs).toBeLessThan(151_000);
    const blocked = simulation.history.find(
      ({ object }) =>
        object.metadata.uid === uid &&
        JSON.stringify(object).includes('migrationBlockedByUtilityVolumes'),
    );
    expect(blocked).toBeDefined();
    expect(instance(simulation)?.spec.utilityVolumes).toBeUndefined();
  });

  it('with the end of the instance keeps an open state and goes with it', () => {
    const { simulation, last } = run({ fail: 'instance-shut-down' });
    expect(last.deleted).toBe(true);
    expect(last.state).toHaveProperty('startTimestamp');
    expect(last.state).not.toHaveProperty('endTimestamp');
    expect(last.state).not.toHaveProperty('failed');
    // The machine runs always: a new instance has been started.
    expect(instance(simulation)?.status?.phase).toBe('Running');
  });

  it('takes the instance with it when the guest is nowhere to be found', () => {
    const { simulation, last } = run({ fail: 'target-domain-missing' });
    expect(last.state).toMatchObject({ failed: true, completed: true });
    const phases = simulation
      .eventsOf('cluster-a', 'virtualmachineinstances', 'web-1')
      .map(({ object }) => JSON.stringify(object));
    expect(phases.some(text => text.includes('"phase":"Failed"'))).toBe(true);
  });

  it('because its instance is gone looks cancelled once there is a new one', () => {
    const { last, move } = run({ fail: 'instance-removed' });
    expect(last).toMatchObject({
      phases: ['Pending', 'Scheduling', 'Failed'],
      abortRequested: true,
      deletionRequested: true,
      deleted: true,
    });
    expect(move.outcome).toBe('cancelled');
  });
});

describe('a migration that is cancelled', () => {
  it.each(['Pending', 'Scheduling', 'Scheduled'] as const)(
    'in %s fails at once, with the condition and without a trace in the state',
    cancelAt => {
      const { last, move, simulation, uid } = run({ cancelAt });
      expect(last.phases.slice(0, -1)).toEqual(
        COPIED.slice(0, COPIED.indexOf(cancelAt) + 1),
      );
      expect(last).toMatchObject({
        phase: 'Failed',
        abortRequested: true,
        deleted: true,
        state: { sourcePod: expect.any(String) },
      });
      expect(last.state).not.toHaveProperty('failureReason');
      expect(move.outcome).toBe('cancelled');
      const failed = simulation.history.filter(
        ({ object }) =>
          object.metadata.uid === uid &&
          JSON.stringify(object).includes('"phase":"Failed"'),
      );
      expect(JSON.stringify(failed[0].object)).toContain(
        'migrationAbortRequested',
      );
    },
  );

  it.each<CancelMoment>(['PreparingTarget', 'TargetReady', 'Running'])(
    'in %s ends only once it runs, by the source node',
    cancelAt => {
      const { last, move, simulation } = run({ cancelAt });
      expect(last.phases).toEqual([...COPIED, 'Failed']);
      expect(last).toMatchObject({
        abortRequested: true,
        deleted: true,
        state: {
          abortRequested: true,
          abortStatus: 'Succeeded',
          failureReason: 'Live migration has been aborted',
          failed: true,
          completed: true,
        },
      });
      expect(move.outcome).toBe('cancelled');
      expect(instance(simulation)?.status?.nodeName).toBe('node-1');
    },
  );

  it('too late succeeds all the same', () => {
    const { last, move } = run({ cancelAt: 'too-late' });
    expect(last).toMatchObject({
      phase: 'Succeeded',
      abortRequested: true,
      deletionRequested: true,
      deleted: true,
      state: { abortRequested: true, completed: true },
    });
    expect(last.state).not.toHaveProperty('failed');
    expect(move.outcome).toBe('succeeded');
  });

  it('is completed as the webhook would when it comes without label and finalizer', () => {
    const simulation = new Simulation();
    const { a, clock, fleet } = simulation;
    a.store.create('virtualmachineinstancemigrations', {
      metadata: { name: 'bare', namespace: 'shop' },
      ...{ spec: { vmiName: 'web-1' } },
    });
    clock.advance(1_000);
    expect(a.objects.migrations.get('shop/bare')?.metadata).toMatchObject({
      labels: { 'kubevirt.io/vmi-name': 'web-1' },
      finalizers: ['kubevirt.io/migrationJobFinalize'],
    });
    clock.advance(20_000);
    expect(fleet.truth.moves()).toMatchObject([{ outcome: 'succeeded' }]);
  });

  it('by kubectl is cancelled like any other', () => {
    const simulation = new Simulation();
    const { name, uid } = simulation.a.migrate(WEB).metadata;
    simulation.clock.advance(100);
    simulation.a.store.delete('virtualmachineinstancemigrations', 'shop', name);
    simulation.clock.advance(10_000);
    expect(simulation.fleet.truth.leg(uid)).toMatchObject({
      outcome: 'cancelled',
      deleted: true,
    });
  });
});

describe('a migration that succeeds', () => {
  it('keeps its origin to the end of the copy, then shows it all at once', () => {
    const { simulation, uid, move } = run({});
    const seen = simulation.history.filter(
      ({ object }) => object.metadata.uid === uid,
    );
    const withNodes = seen.findIndex(({ object }) =>
      JSON.stringify(object).includes('"targetNode"'),
    );
    const final = seen.findIndex(({ object }) =>
      JSON.stringify(object).includes('"phase":"Succeeded"'),
    );
    expect(withNodes).toBe(final + 1);
    expect(move).toMatchObject({
      outcome: 'succeeded',
      source: { cluster: 'cluster-a', node: 'node-1' },
      target: { node: instance(simulation)?.status?.nodeName },
    });
  });

  it('goes to the node that was asked for', () => {
    const { move } = run({ node: 'node-3' });
    expect(move.target?.node).toBe('node-3');
  });

  it('tells times in whole seconds', () => {
    const { simulation } = run({});
    const times = JSON.stringify(
      simulation.history.map(({ object }) => object),
    ).match(/"\d{4}-\d\d-\d\dT[^"]*"/g);
    expect(times?.length).toBeGreaterThan(100);
    expect(times?.filter(time => !/T\d\d:\d\d:\d\dZ"$/.test(time))).toEqual([]);
  });

  it('leaves its state on the instance until the next hand-off', () => {
    const { simulation, uid } = run({});
    expect(instance(simulation)?.status?.migrationState?.migrationUid).toBe(
      uid,
    );
    const next = simulation.a.migrate(WEB).metadata.uid;
    simulation.clock.advance(500);
    expect(instance(simulation)?.status?.migrationState?.migrationUid).toBe(
      uid,
    );
    simulation.clock.advance(1_000);
    expect(instance(simulation)?.status?.migrationState?.migrationUid).toBe(
      next,
    );
  });

  it('makes the machine migrating only while it copies', () => {
    const { simulation } = run({});
    const words = simulation
      .eventsOf('cluster-a', 'virtualmachines', 'web-1')
      .map(
        ({ object }) =>
          /"printableStatus":"(\w+)"/.exec(JSON.stringify(object))?.[1],
      )
      .filter((word, index, all) => word && word !== all[index - 1]);
    expect(words).toEqual(['Running', 'Migrating', 'Running']);
  });
});
