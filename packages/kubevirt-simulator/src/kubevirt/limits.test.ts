import { reasonsOf } from './__testUtils__/lastState';
import { at } from './__testUtils__/outline';
import { Simulation, START, WEB } from './__testUtils__/simulation';
import type { KubeVirtCluster } from './KubeVirtCluster';
import { phaseOf } from './objects';

/** Machines `shop/vm-1`, … on one node, besides the one that is there anyway. */
function addMachines(cluster: KubeVirtCluster, count: number, node: string) {
  return Array.from({ length: count }, (_, index) => {
    const vm = { namespace: 'shop', name: `vm-${node}-${index + 1}` };
    cluster.createVirtualMachine(vm, { node, sinceMs: Date.parse(START) });
    return vm;
  });
}

function phasesNow(cluster: KubeVirtCluster): string[] {
  return cluster.objects.unfinishedMigrations().map(phaseOf);
}

describe('the limits of a cluster', () => {
  it('keep the sixth migration pending, without a condition', () => {
    const simulation = new Simulation();
    const { a, clock } = simulation;
    const machines = ['node-1', 'node-2', 'node-3'].flatMap(node =>
      addMachines(a, 2, node),
    );
    for (const vm of machines) a.migrate(vm, { copyMs: 5_000 });
    clock.advance(4_000);
    expect(phasesNow(a).sort()).toEqual([
      'Pending',
      ...Array(5).fill('Running'),
    ]);
    const waiting = a.objects
      .unfinishedMigrations()
      .find(migration => phaseOf(migration) === 'Pending');
    expect(waiting?.status).toEqual({
      phase: 'Pending',
      migrationState: { sourcePod: expect.any(String) },
      phaseTransitionTimestamps: [
        expect.objectContaining({ phase: 'Pending' }),
      ],
    });
    clock.advance(4_600);
    expect(phasesNow(a)).toEqual(['Running']);
    clock.advance(10_000);
    expect(phasesNow(a)).toEqual([]);
  });

  it('let two leave one node at a time', () => {
    const { a, clock } = new Simulation();
    const machines = addMachines(a, 4, 'node-2');
    for (const vm of machines) a.migrate(vm, { copyMs: 5_000 });
    clock.advance(4_000);
    expect(phasesNow(a).sort()).toEqual([
      'Pending',
      'Pending',
      'Running',
      'Running',
    ]);
  });
});

describe('garbage collection', () => {
  it('removes all migrations of an instance that is stopped', () => {
    const { a, clock, fleet } = new Simulation();
    for (let move = 1; move <= 3; move += 1) {
      a.migrate(WEB);
      clock.advance(10_000);
    }
    expect(a.objects.migrations.size).toBe(3);
    a.setRunStrategy(WEB, 'Halted');
    clock.advance(10_000);
    expect(a.objects.instances.size).toBe(0);
    expect(a.objects.migrations.size).toBe(0);
    expect(fleet.truth.legs().map(leg => leg.outcome)).toEqual(
      Array(3).fill('succeeded'),
    );
    expect(a.objects.machines.get('shop/web-1')?.status?.printableStatus).toBe(
      'Stopped',
    );
  });

  it('leaves an unfinished one hanging while its instance is gone', () => {
    const { a, clock, fleet } = new Simulation();
    a.setRunStrategy(WEB, 'Manual');
    const { uid } = a.migrate(WEB, { fail: 'instance-removed' }).metadata;
    clock.advance(60_000);
    expect(fleet.truth.leg(uid)).toMatchObject({
      outcome: 'active',
      deleted: false,
    });
    const [hanging] = a.objects.unfinishedMigrations();
    expect(hanging.metadata.deletionTimestamp).toBeDefined();
    a.setRunStrategy(WEB, 'Always');
    clock.advance(10_000);
    expect(fleet.truth.leg(uid)).toMatchObject({ deleted: true });
  });
});

describe('a drain', () => {
  it('empties the node within the limits and marks what it makes', () => {
    const simulation = new Simulation();
    const { a, clock } = simulation;
    addMachines(a, 5, 'node-1');
    let most = 0;
    a.objects.migrations.subscribe(() => {
      most = Math.max(most, a.objects.unfinishedMigrations().length);
    });
    a.drain('node-1');
    clock.advance(60_000);
    expect(a.objects.instancesOn('node-1')).toEqual([]);
    expect(most).toBe(2);
    const made = simulation.history.filter(
      ({ resource, type }) =>
        resource === 'virtualmachineinstancemigrations' && type === 'ADDED',
    );
    expect(made).toHaveLength(6);
    for (const { object } of made) {
      expect(object).toMatchObject({
        metadata: {
          generateName: 'kubevirt-evacuation-',
          annotations: { 'kubevirt.io/evacuationMigration': 'node-1' },
        },
        spec: { priority: 'system-critical' },
      });
    }
    for (const instance of a.objects.instances.values()) {
      expect(instance.status).not.toHaveProperty('evacuationNodeName');
    }
    expect(a.store.get('nodes', undefined, 'node-1')).toMatchObject({
      spec: { unschedulable: true },
    });
    a.uncordon('node-1');
    const { uid } = a.migrate(WEB, { node: 'node-1' }).metadata;
    clock.advance(20_000);
    expect(simulation.fleet.truth.leg(uid)?.target?.node).toBe('node-1');
  });

  it('tries again after a failure, 20 s later, then 40 s', () => {
    const simulation = new Simulation();
    const { a, clock, fleet } = simulation;
    let attempt = 0;
    a.drain('node-1', () => {
      attempt += 1;
      return attempt <= 2 ? { fail: 'handler-failed' } : {};
    });
    clock.advance(120_000);
    const legs = fleet.truth.legs();
    expect(legs.map(({ outcome }) => outcome)).toEqual([
      'failed',
      'failed',
      'succeeded',
    ]);
    const [first, second, third] = legs;
    const scheduled = (uid: string) =>
      simulation.history.find(
        ({ object }) =>
          object.metadata.uid === uid &&
          at(object, 'status', 'phase') === 'Scheduling',
      )?.atMs ?? 0;
    const endedMs = (leg: typeof first) => Date.parse(leg.endedAt ?? '');
    // The end is dated in whole seconds, and the wait counts from there.
    expect(scheduled(second.uid) - endedMs(first)).toBeGreaterThan(18_900);
    expect(scheduled(second.uid) - endedMs(first)).toBeLessThan(20_100);
    expect(scheduled(third.uid) - endedMs(second)).toBeGreaterThan(38_900);
    expect(scheduled(third.uid) - endedMs(second)).toBeLessThan(40_100);
    // Made at once, it waits in Pending; only an event of the instance tells why.
    expect(Date.parse(second.createdAt) - endedMs(first)).toBeLessThan(500);
    const { uid } = a.objects.instances.get('shop/web-1')?.metadata ?? {};
    expect(
      reasonsOf(simulation, uid ?? '').filter(
        reason => reason === 'MigrationBackoff',
      ),
    ).toHaveLength(2);
  });

  it('of the descheduler moves one instance and says why', () => {
    const simulation = new Simulation();
    simulation.a.evict(WEB);
    simulation.clock.advance(20_000);
    const [made] = simulation.eventsOf(
      'cluster-a',
      'virtualmachineinstancemigrations',
    );
    expect(at(made.object, 'spec', 'priority')).toBe('system-maintenance');
    const instance = simulation.a.objects.instances.get('shop/web-1');
    expect(instance?.status?.nodeName).not.toBe('node-1');
    expect(instance?.metadata.annotations).not.toHaveProperty([
      'kubevirt.io/eviction-source',
    ]);
    expect(reasonsOf(simulation, made.object.metadata.uid)).toEqual([
      'SuccessfulCreate',
      'SuccessfulHandOver',
      'SuccessfulMigration',
    ]);
  });
});
