import fc from 'fast-check';
import { VirtualClock } from '../clock';
import { lastStateOf } from '../kubevirt/__testUtils__/lastState';
import { at } from '../kubevirt/__testUtils__/outline';
import type { HistoryEvent } from '../kubevirt/__testUtils__/simulation';
import { keyOf } from '../kubevirt/objects';
import { EveryEndingScenario } from './EveryEndingScenario';

interface Simulation {
  history: HistoryEvent[];
  fleet: EveryEndingScenario['fleet'];
}

/** Four minutes, and the time that what is under way then takes to end. */
function simulate(seed: number): Simulation {
  const clock = new VirtualClock(Date.parse('2026-03-04T10:00:00Z'));
  const scenario = new EveryEndingScenario({ seed, clock });
  const history: HistoryEvent[] = [];
  for (const { name, store } of scenario.fleet.clusters) {
    store.subscribe(({ type, resource, current }) =>
      history.push({
        atMs: clock.now(),
        cluster: name,
        resource: resource.plural,
        type,
        object: current.object,
      }),
    );
  }
  scenario.start();
  clock.advance(4 * 60_000);
  scenario.pause();
  clock.advance(20 * 60_000);
  return { history, fleet: scenario.fleet };
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
  const succeeded = fleet.truth
    .moves()
    .filter(({ outcome }) => outcome === 'succeeded');
  const arrivals = succeeded.flatMap(({ vm, target, uids }) => {
    const status = fleet
      .cluster(target?.cluster ?? '')
      .objects.instances.get(keyOf(vm.namespace, vm.name))?.status;
    const { migrationUid, targetNode } = status?.migrationState ?? {};
    const isLatest = migrationUid && uids.includes(migrationUid);
    return isLatest
      ? [{ said: [targetNode, status?.nodeName], true: target?.node }]
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

function expectEverythingToEnd({ fleet }: Simulation): void {
  const endless = fleet.truth
    .legs()
    .filter(({ outcome }) => outcome === 'active');
  expect(endless).toEqual([]);
}

it('whatever happens, what is shown obeys the rules of KubeVirt', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), seed => {
      const simulation = simulate(seed);
      expect(simulation.history.length).toBeGreaterThan(300);
      expectEverythingToEnd(simulation);
      expectPhasesForward(simulation);
      expectNoNodesBeforeTheEnd(simulation);
      expectGuestsWhereTheTruthSays(simulation);
      expectTruthToBeVisible(simulation);
    }),
    { numRuns: 8 },
  );
});
