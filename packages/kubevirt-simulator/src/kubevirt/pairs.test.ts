import { lastStateOf } from './__testUtils__/lastState';
import { at } from './__testUtils__/outline';
import { Simulation, WEB } from './__testUtils__/simulation';
import type { CrossClusterMove } from './CrossClusterMover';
import type { CancelMoment, FailureClass } from './fate';

const LONG_MS = 20 * 60_000;

function run(options: Partial<CrossClusterMove> = {}, forMs = LONG_MS) {
  const simulation = new Simulation();
  const { a, b, fleet, clock } = simulation;
  let ended = false;
  fleet.mover.move({
    from: a,
    vm: WEB,
    to: b,
    onEnd: () => {
      ended = true;
    },
    ...options,
  });
  clock.advance(forMs);
  const moves = fleet.truth.moves();
  const legs = fleet.truth.legs();
  return {
    simulation,
    moves,
    move: moves[0],
    ended,
    source: legs.find(({ role }) => role === 'source'),
    target: legs.find(({ role }) => role === 'target'),
  };
}

describe('a move to another cluster', () => {
  it('is one move with two halves, which find each other', () => {
    const { moves, move, source, target, ended, simulation } = run();
    expect(moves).toHaveLength(1);
    expect(ended).toBe(true);
    expect(move).toMatchObject({
      uids: [source?.uid, target?.uid],
      kind: 'cross-cluster',
      outcome: 'succeeded',
      source: { cluster: 'cluster-a', node: 'node-1' },
      target: {
        cluster: 'cluster-b',
        node: simulation.b.objects.instances.get('shop/web-1')?.status
          ?.nodeName,
      },
    });
    expect(source?.phases).toEqual([
      'Synchronizing',
      'Pending',
      'Scheduling',
      'Scheduled',
      'PreparingTarget',
      'TargetReady',
      'Running',
      'Succeeded',
    ]);
    expect(target?.phases).toEqual([
      'WaitingForSync',
      ...(source?.phases.slice(1) ?? []),
    ]);
    expect(source?.deleted && target?.deleted).toBe(true);
  });

  it('leaves the source halted and restores the run strategy at the target', () => {
    const { simulation } = run();
    const { a, b } = simulation;
    expect(a.objects.machines.get('shop/web-1')).toMatchObject({
      spec: { runStrategy: 'Halted' },
      status: { printableStatus: 'Stopped' },
    });
    expect(a.objects.instances.get('shop/web-1')).toBeUndefined();
    const target = b.objects.machines.get('shop/web-1');
    expect(target).toMatchObject({
      spec: { runStrategy: 'Always' },
      status: { printableStatus: 'Running', ready: true },
    });
    expect(target?.metadata.annotations).toMatchObject({
      'forklift.konveyor.io/source': 'cluster-a/shop/web-1',
    });
    const words = simulation
      .eventsOf('cluster-b', 'virtualmachines', 'web-1')
      .map(({ object }) => at(object, 'status', 'printableStatus'))
      .filter((word, index, all) => word && word !== all[index - 1]);
    expect(words).toEqual([
      'Starting',
      'WaitingForReceiver',
      'Starting',
      'Migrating',
      'Running',
    ]);
  });

  it('can go back to where it came from, with the same machines', () => {
    const { simulation, move } = run();
    const { a, b, fleet, clock } = simulation;
    const uids = [a, b].map(
      cluster => cluster.objects.machines.get('shop/web-1')?.metadata.uid,
    );
    fleet.mover.move({ from: b, vm: WEB, to: a });
    clock.advance(60_000);
    const [, back] = fleet.truth.moves();
    expect(back).toMatchObject({
      outcome: 'succeeded',
      source: move.target,
      target: { cluster: 'cluster-a' },
    });
    expect(
      [a, b].map(
        cluster => cluster.objects.machines.get('shop/web-1')?.metadata.uid,
      ),
    ).toEqual(uids);
    expect(b.objects.machines.get('shop/web-1')?.spec.runStrategy).toBe(
      'Halted',
    );
  });

  it('to another namespace has both halves in one cluster', () => {
    const simulation = new Simulation();
    const { a, fleet, clock } = simulation;
    fleet.mover.move({ from: a, vm: WEB, to: a, toNamespace: 'archive' });
    clock.advance(60_000);
    expect(fleet.truth.moves()).toMatchObject([
      {
        kind: 'cross-namespace',
        outcome: 'succeeded',
        source: { cluster: 'cluster-a', node: 'node-1' },
        target: { cluster: 'cluster-a' },
      },
    ]);
    expect(a.objects.instances.get('archive/web-1')?.status?.phase).toBe(
      'Running',
    );
  });

  it('may begin with the sending half, which is then the blocked one', () => {
    const { move, simulation, source } = run({ firstHalf: 'source' });
    expect(move.outcome).toBe('succeeded');
    const blocked = simulation.history.filter(
      ({ object }) =>
        object.metadata.uid === source?.uid &&
        JSON.stringify(object).includes('decentralizedMigrationBlocked'),
    );
    expect(blocked.length).toBeGreaterThan(0);
  });

  it('names its own pod as the source on the receiving half until the end', () => {
    const { simulation, target } = run();
    const pods = simulation.history
      .filter(({ object }) => object.metadata.uid === target?.uid)
      .map(({ object }) => at(object, 'status', 'migrationState', 'sourcePod'))
      .filter((pod, index, all) => pod && pod !== all[index - 1]);
    expect(pods).toHaveLength(2);
    const state = lastStateOf(simulation, target?.uid ?? '').state;
    expect(pods[0]).toBe(at(state, 'targetPod'));
    expect(pods[1]).toBe(at(state, 'sourceState', 'pod'));
  });
});

describe('a half whose partner does not come', () => {
  it.each(['source', 'target'] as const)('waits for ever as the %s', half => {
    const { move, simulation } = run({ onlyHalf: half });
    expect(move).toMatchObject({
      outcome: 'active',
      kind: 'cross-cluster',
    });
    expect(simulation.fleet.truth.legs()).toHaveLength(1);
    expect(simulation.fleet.truth.legs()[0].phases).toEqual([
      half === 'source' ? 'Synchronizing' : 'WaitingForSync',
    ]);
  });

  it('waits for ever where the source calls another address', () => {
    const { source, target } = run({ connectURL: '192.0.2.1:9185' });
    expect(source?.outcome).toBe('active');
    expect(target?.outcome).toBe('active');
  });

  it('is not cancelled with the other half that it never reached', () => {
    const { simulation, source, target } = run(
      { connectURL: '192.0.2.1:9185', keep: true },
      60_000,
    );
    simulation.b.deleteMigration({
      namespace: 'shop',
      name: target?.name ?? '',
    });
    simulation.clock.advance(60_000);
    const { truth } = simulation.fleet;
    expect(truth.leg(target?.uid ?? '')?.outcome).toBe('cancelled');
    expect(truth.leg(source?.uid ?? '')?.outcome).toBe('active');
  });

  it.each(['source', 'target'] as const)(
    'is cancelled and gone when the %s is deleted',
    half => {
      const at_ = half === 'source' ? 'Synchronizing' : 'WaitingForSync';
      const { move, simulation } = run({
        onlyHalf: half,
        cancel: { half, at: at_ },
      });
      expect(move.outcome).toBe('cancelled');
      expect(lastStateOf(simulation, move.uids[0])).toMatchObject({
        phase: 'Failed',
        abortRequested: true,
        deleted: true,
      });
    },
  );

  it('hangs when an older migration has the same migrationID', () => {
    const { simulation, move } = run({ onlyHalf: 'target' });
    const { b, clock, fleet } = simulation;
    b.createVirtualMachine({
      namespace: 'other',
      name: 'web-1',
      runStrategy: 'WaitAsReceiver',
    });
    clock.advance(5_000);
    const { uid } = b.createMigration({
      metadata: {
        name: 'again',
        namespace: 'other',
        finalizers: ['kubevirt.io/migrationJobFinalize'],
      },
      spec: {
        vmiName: 'web-1',
        receive: { migrationID: move.migrationID ?? '' },
      },
    }).metadata;
    clock.advance(LONG_MS);
    expect(fleet.truth.leg(uid)).toMatchObject({
      outcome: 'active',
      phases: ['WaitingForSync'],
    });
  });
});

describe('a move to another cluster that fails', () => {
  const cases: { fail: FailureClass; outcome: string; reason?: string }[] = [
    { fail: 'handler-failed', outcome: 'failed', reason: 'Broken pipe' },
    { fail: 'completion-timeout', outcome: 'timed-out', reason: 'aborted' },
    {
      fail: 'target-pod-down',
      outcome: 'failed',
      reason: 'Target pod is down',
    },
    { fail: 'target-pod-down-before-hand-off', outcome: 'failed' },
    { fail: 'target-pod-removed', outcome: 'failed' },
    { fail: 'pod-unschedulable', outcome: 'failed' },
    { fail: 'instance-shut-down', outcome: 'failed' },
    { fail: 'target-domain-missing', outcome: 'failed' },
  ];

  it.each(cases)('by $fail', ({ fail, outcome, reason }) => {
    const { move, source, target, ended, simulation } = run({ fail });
    expect(move.outcome).toBe(outcome);
    expect(ended).toBe(true);
    expect(source?.outcome).not.toBe('active');
    expect(target?.outcome).not.toBe('active');
    expect(move.failureReason ?? '').toContain(reason ?? '');
    // The receiver is cleared away; the guest still runs at the source.
    expect(simulation.b.objects.machines.size).toBe(0);
    expect(simulation.b.objects.instances.size).toBe(0);
    expect(
      simulation.a.objects.instances.get('shop/web-1')?.status?.phase,
    ).toBe('Running');
  });

  it('at the source while copying shows on the target a moment later', () => {
    const { simulation, source, target } = run({ fail: 'handler-failed' });
    const lagMs =
      Date.parse(target?.endedAt ?? '') - Date.parse(source?.endedAt ?? '');
    expect(lagMs).toBeGreaterThan(0);
    expect(lagMs).toBeLessThan(1_200);
    expect(lastStateOf(simulation, target?.uid ?? '').state).toMatchObject({
      failureReason: 'Target pod is down',
    });
  });

  it.each([
    { fail: 'source-disagrees', source: 'failed', target: 'succeeded' },
    { fail: 'target-disagrees', source: 'succeeded', target: 'failed' },
  ] as const)('on one side only: $fail', ({ fail, source, target }) => {
    const { move } = run({ fail });
    expect(move.disagreement).toEqual({ source, target });
    expect(move.outcome).toBe(target);
  });

  it('does not go on at a source that has not noticed the departure', () => {
    const { simulation } = run({ fail: 'source-disagrees' });
    const { a, b } = simulation;
    expect(a.objects.instances.get('shop/web-1')).toBeUndefined();
    expect(b.objects.instances.get('shop/web-1')?.status?.phase).toBe(
      'Running',
    );
  });

  it('waits for an evacuation of its machine to end', () => {
    const simulation = new Simulation();
    const { a, b, fleet, clock } = simulation;
    fleet.mover.move({ from: a, vm: WEB, to: b });
    clock.advance(3_500);
    a.evict(WEB);
    clock.advance(60_000);
    expect(
      fleet.truth.moves().map(({ kind, outcome }) => [kind, outcome]),
    ).toEqual(
      expect.arrayContaining([
        ['in-cluster', 'succeeded'],
        ['cross-cluster', 'succeeded'],
      ]),
    );
  });
});

describe('a move to another cluster that is cancelled', () => {
  const moments: CancelMoment[] = [
    'Pending',
    'Scheduling',
    'Scheduled',
    'PreparingTarget',
    'TargetReady',
    'Running',
  ];

  it.each(
    moments.flatMap(moment => [
      { half: 'source' as const, moment },
      { half: 'target' as const, moment },
    ]),
  )('at the $half in $moment ends on both sides', ({ half, moment }) => {
    const { move, source, target, ended } = run({
      cancel: { half, at: moment },
    });
    expect(move.outcome).toBe('cancelled');
    expect(source?.deleted && target?.deleted).toBe(true);
    expect(ended).toBe(true);
  });

  it('at the source while copying looks like a time-out at the target', () => {
    const { simulation, target, source } = run({
      cancel: { half: 'source', at: 'Running' },
      keep: true,
    });
    const last = lastStateOf(simulation, target?.uid ?? '');
    expect(last).toMatchObject({
      phase: 'Failed',
      abortRequested: false,
      deletionRequested: false,
      state: {
        abortStatus: 'Succeeded',
        failureReason: 'Live migration has been aborted',
      },
    });
    expect(last.state).not.toHaveProperty('abortRequested');
    expect(lastStateOf(simulation, source?.uid ?? '').state).toMatchObject({
      abortRequested: true,
    });
  });

  it.each(['source', 'target'] as const)(
    'too late at the %s succeeds',
    half => {
      const { move, simulation } = run({ cancel: { half, at: 'too-late' } });
      expect(move.outcome).toBe('succeeded');
      const { b } = simulation;
      expect(b.objects.instances.get('shop/web-1')?.status?.phase).toBe(
        'Running',
      );
    },
  );
});
