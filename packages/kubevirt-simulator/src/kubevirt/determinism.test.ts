import fc from 'fast-check';
import { SeededRandom } from '../random';
import { lastStateOf } from './__testUtils__/lastState';
import { at } from './__testUtils__/outline';
import {
  Simulation,
  START,
  type HistoryEvent,
} from './__testUtils__/simulation';
import {
  FAILURE_CLASSES,
  type CancelMoment,
  type FailureClass,
  type LocalFailureClass,
} from './fate';
import { isFinal, keyOf } from './objects';
import { RECORDED_TIMINGS } from './settings';

const FAILURES = Object.keys(FAILURE_CLASSES).filter(
  (name): name is FailureClass => name in FAILURE_CLASSES,
);

const LOCAL_FAILURES = FAILURES.filter(
  (name): name is LocalFailureClass => !name.endsWith('disagrees'),
);

const MOMENTS: CancelMoment[] = [
  'Pending',
  'Scheduling',
  'Scheduled',
  'PreparingTarget',
  'TargetReady',
  'Running',
  'too-late',
];

/** Four minutes of two clusters in which everything happens that can happen. */
function simulate(seed: number): Simulation {
  const simulation = new Simulation(seed, {
    timings: { ...RECORDED_TIMINGS, heartbeat: [10_000, 20_000] },
  });
  const { a, b, fleet, clock } = simulation;
  const random = SeededRandom.create(seed);
  const pick = <T>(list: readonly T[]) =>
    list[random.integer(0, list.length - 1)];
  for (const [index, cluster] of [a, b, a, b, a, b].entries()) {
    cluster.createVirtualMachine(
      { namespace: 'shop', name: `vm-${index}` },
      { node: cluster.nodes[index % 3], sinceMs: Date.parse(START) },
    );
  }
  const act = () => {
    const from = pick([a, b]);
    const running = [...from.objects.instances.values()].filter(
      ({ metadata, status }) =>
        status?.phase === 'Running' &&
        !metadata.deletionTimestamp &&
        from.objects
          .migrationsOf(keyOf(metadata.namespace, metadata.name))
          .every(isFinal),
    );
    if (running.length > 0) {
      const { namespace, name } = pick(running).metadata;
      const fail = random.integer(1, 3) === 1 ? pick(FAILURES) : undefined;
      const cancel = random.integer(1, 4) === 1 ? pick(MOMENTS) : undefined;
      const to = from === a ? b : a;
      const isFree = to.objects.instances.get(`shop/${name}`) === undefined;
      if (random.integer(1, 3) === 1 && isFree) {
        fleet.mover.move({
          from,
          vm: { namespace, name },
          to,
          fail,
          cancel: cancel && { half: pick(['source', 'target']), at: cancel },
        });
      } else if (random.integer(1, 8) === 1) {
        const node = pick(from.nodes);
        from.drain(node);
        clock.schedule(30_000, () => from.uncordon(node));
      } else {
        const local = LOCAL_FAILURES.find(each => each === fail);
        from.migrate({ namespace, name }, { fail: local, cancelAt: cancel });
      }
    }
    clock.schedule(random.integer(500, 9_000), act);
  };
  clock.schedule(0, act);
  clock.advance(4 * 60_000);
  return simulation;
}

const logOf = (simulation: Simulation) =>
  simulation.history.map(event => JSON.stringify(event));

it('the same seed gives the same history, to the last byte', () => {
  const [first, second] = [simulate(7), simulate(7)];
  expect(first.history.length).toBeGreaterThan(1_000);
  expect(logOf(second)).toEqual(logOf(first));
  expect(second.fleet.truth.moves()).toEqual(first.fleet.truth.moves());
});

it('another seed gives another history', () => {
  expect(logOf(simulate(8))).not.toEqual(logOf(simulate(7)));
});

const MIGRATIONS = 'virtualmachineinstancemigrations';

function migrationEvents({ history }: Simulation): HistoryEvent[] {
  return history.filter(({ resource }) => resource === MIGRATIONS);
}

function expectPhasesForward(simulation: Simulation): void {
  const known = new Map<string, string[]>();
  for (const { object } of migrationEvents(simulation)) {
    const entered = at(object, 'status', 'phaseTransitionTimestamps');
    const names = Array.isArray(entered)
      ? entered.map(entry => String(at(entry, 'phase')))
      : [];
    const before = known.get(object.metadata.uid) ?? [];
    expect(names.slice(0, before.length)).toEqual(before);
    expect(new Set(names).size).toBe(names.length);
    expect(at(object, 'status', 'phase') ?? '').toBe(names.at(-1) ?? '');
    known.set(object.metadata.uid, names);
  }
}

function expectNoNodesBeforeTheEnd(simulation: Simulation): void {
  const unfinished = migrationEvents(simulation).filter(
    ({ object }) =>
      !['Succeeded', 'Failed'].includes(String(at(object, 'status', 'phase'))),
  );
  for (const { object } of unfinished) {
    const state = at(object, 'status', 'migrationState') ?? {};
    expect(Object.keys(state).filter(key => key !== 'sourcePod')).toEqual([]);
  }
}

function expectGuestsWhereTheTruthSays({ fleet }: Simulation): void {
  const arrivals = fleet.truth.moves().flatMap(move => {
    const { namespace, name } = move.vm;
    const status = fleet
      .cluster(move.target?.cluster ?? '')
      .objects.instances.get(keyOf(namespace, name))?.status;
    const { migrationUid, targetNode } = status?.migrationState ?? {};
    const isLatest = migrationUid && move.uids.includes(migrationUid);
    return move.outcome === 'succeeded' && isLatest
      ? [{ said: [targetNode, status?.nodeName], true: move.target?.node }]
      : [];
  });
  expect(arrivals.length).toBeGreaterThan(0);
  expect(arrivals.map(({ said }) => said)).toEqual(
    arrivals.map(arrival => [arrival.true, arrival.true]),
  );
}

/** The rules by which a watcher judges a local migration from what it was shown. */
function visibleOutcome(simulation: Simulation, uid: string): string {
  const { phase, state, abortRequested } = lastStateOf(simulation, uid);
  if (phase === 'Succeeded') return 'succeeded';
  if (phase !== 'Failed') return 'active';
  if (at(state, 'abortRequested') === true) return 'cancelled';
  if (at(state, 'abortStatus') !== undefined) return 'timed-out';
  return abortRequested && at(state, 'targetNode') === undefined
    ? 'cancelled'
    : 'failed';
}

function expectTruthToBeVisible(simulation: Simulation): void {
  const local = simulation.fleet.truth
    .legs()
    .filter(({ role }) => role === 'local');
  expect(local.length).toBeGreaterThan(0);
  expect(
    local.map(({ uid }) => ({ uid, outcome: visibleOutcome(simulation, uid) })),
  ).toEqual(local.map(({ uid, outcome }) => ({ uid, outcome })));
}

it('whatever happens, what is shown obeys the rules of KubeVirt', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), seed => {
      const simulation = simulate(seed);
      expect(simulation.history.length).toBeGreaterThan(300);
      expectPhasesForward(simulation);
      expectNoNodesBeforeTheEnd(simulation);
      expectGuestsWhereTheTruthSays(simulation);
      expectTruthToBeVisible(simulation);
    }),
    { numRuns: 8 },
  );
});
