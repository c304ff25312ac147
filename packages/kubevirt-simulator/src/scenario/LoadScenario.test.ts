import { VirtualClock } from '../clock';
import { LoadScenario } from './LoadScenario';

const START = Date.parse('2026-03-04T10:00:00Z');

async function run(seed: number) {
  const clock = new VirtualClock(START);
  const scenario = await LoadScenario.start({
    clusters: 2,
    machinesPerCluster: 200,
    eventsPerSecond: 200,
    seed,
    clock,
  });
  const log: string[] = [];
  for (const { name, store } of scenario.served.clusters) {
    store.subscribe(({ current, type }) =>
      log.push(`${name} ${type} ${current.key} ${current.json.length}`),
    );
  }
  clock.advance(10_000);
  const before = scenario.statistics.events;
  clock.advance(30_000);
  const perSecond = (scenario.statistics.events - before) / 30;
  await scenario.stop();
  return { scenario, perSecond, log };
}

describe('LoadScenario', () => {
  it('makes as many events as were asked for', async () => {
    const { perSecond, scenario } = await run(1);
    expect(perSecond).toBeGreaterThan(180);
    expect(perSecond).toBeLessThan(220);
    const { moves } = scenario.statistics;
    expect(scenario.truth.legs()).toHaveLength(moves);
    const outcomes = scenario.truth.legs().map(({ outcome }) => outcome);
    expect(new Set(outcomes)).toEqual(
      new Set(['succeeded', 'failed', 'active']),
    );
  });

  it('is repeatable', async () => {
    const [first, second, other] = [await run(3), await run(3), await run(4)];
    expect(first.log.length).toBeGreaterThan(5_000);
    expect(second.log).toEqual(first.log);
    expect(other.log).not.toEqual(first.log);
  });

  it('moves what it can when more is asked for than there are machines', async () => {
    const clock = new VirtualClock(START);
    const scenario = await LoadScenario.start({
      clusters: 1,
      machinesPerCluster: 5,
      eventsPerSecond: 10_000,
      seed: 1,
      clock,
    });
    clock.advance(5_000);
    const underWay = scenario.truth
      .legs()
      .filter(({ outcome }) => outcome === 'active');
    expect(underWay.length).toBeLessThanOrEqual(5);
    expect(scenario.statistics.moves).toBeGreaterThanOrEqual(5);
    await scenario.stop();
  });
});
