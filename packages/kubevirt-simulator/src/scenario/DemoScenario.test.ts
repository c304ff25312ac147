import { HttpClient } from '../__testUtils__';
import { VirtualClock } from '../clock';
import { SeededRandom } from '../random';
import { ActiveMoves } from './ActiveMoves';
import { DEMO_APPLICATIONS } from './applications';
import { DemoDirector } from './DemoDirector';
import { demoMachines } from './demoMachines';
import { buildDemoFleet, DemoScenario } from './DemoScenario';
import { DEMO_SITES } from './sites';

const START = Date.parse('2026-03-04T10:00:00Z');
const MINUTE_MS = 60_000;

function direct(seed: number) {
  const clock = new VirtualClock(START);
  const random = SeededRandom.create(seed);
  const fleet = buildDemoFleet({ seed: 1, clock, random });
  const active = new ActiveMoves(fleet.truth, () => {});
  new DemoDirector({
    fleet,
    clock,
    random: random.fork(),
    machines: demoMachines(),
  }).start();
  return { clock, fleet, active };
}

describe('the machines of the demo', () => {
  it('are about 120 with names of their own, on nodes of all clusters', () => {
    const machines = demoMachines();
    expect(machines).toHaveLength(120);
    const places = machines.map(({ spec }) => `${spec.namespace}/${spec.name}`);
    expect(new Set(places).size).toBe(120);
    const clusters = DEMO_SITES.flatMap(site => site.clusters);
    expect(new Set(machines.map(({ cluster }) => cluster))).toEqual(
      new Set(clusters.map(({ name }) => name)),
    );
  });

  it('have partners among the clusters that are there', () => {
    const names = DEMO_SITES.flatMap(({ clusters }) =>
      clusters.map(({ name }) => name),
    );
    for (const { cluster, partner } of DEMO_APPLICATIONS) {
      expect(names).toContain(cluster);
      expect(names).toContain(partner ?? cluster);
      expect(partner).not.toBe(cluster);
    }
  });
});

describe('an hour of the demo', () => {
  const { clock, fleet, active } = direct(11);
  const counts: number[] = [];
  clock.advance(10_000);
  for (let second = 10; second < 3_600; second += 1) {
    clock.advance(1_000);
    counts.push(active.visible);
  }
  const moves = fleet.truth.moves();

  it('always has two to six moves under way', () => {
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...counts)).toBeLessThanOrEqual(6);
  });

  it('sees every kind of move and of ending', () => {
    const outcomes = new Set(moves.map(({ outcome }) => outcome));
    expect(outcomes).toEqual(
      new Set(['succeeded', 'failed', 'cancelled', 'timed-out', 'active']),
    );
    const share = (kind: string) =>
      moves.filter(move => move.kind === kind).length / moves.length;
    expect(share('in-cluster')).toBeGreaterThan(0.5);
    expect(share('cross-cluster')).toBeGreaterThan(0.1);
    const succeeded = moves.filter(({ outcome }) => outcome === 'succeeded');
    expect(succeeded.length / moves.length).toBeGreaterThan(0.75);
  });

  it('drains nodes', () => {
    const evacuations = fleet.truth
      .legs()
      .filter(({ name }) => name.startsWith('kubevirt-evacuation-'));
    expect(evacuations.length).toBeGreaterThan(5);
  });

  it('neither loses nor doubles a machine', () => {
    const running = fleet.clusters.flatMap(({ objects }) =>
      [...objects.instances.values()]
        .filter(({ status }) => status?.phase === 'Running')
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
    );
    expect(new Set(running)).toEqual(
      new Set(
        demoMachines().map(({ spec }) => `${spec.namespace}/${spec.name}`),
      ),
    );
  });
});

describe('DemoScenario', () => {
  it('serves clusters that already have a history, and stops', async () => {
    const clock = new VirtualClock(START);
    const scenario = await DemoScenario.start({ clock });
    try {
      const finished = scenario.truth
        .legs()
        .filter(({ outcome }) => outcome === 'succeeded');
      expect(finished.length).toBeGreaterThan(10);
      const [kista] = scenario.served.clusters;
      const client = new HttpClient(kista.server.url);
      const { code, body } = await client.send(
        '/apis/kubevirt.io/v1/virtualmachineinstancemigrations',
      );
      expect(code).toBe(200);
      expect(body).toMatchObject({
        items: expect.arrayContaining([
          expect.objectContaining({
            status: expect.objectContaining({ phase: 'Succeeded' }),
          }),
        ]),
      });
      await client.close();
    } finally {
      await scenario.stop();
    }
    clock.advance(10 * MINUTE_MS);
  });

  it('keeps the machines over a restart, and has new migrations', async () => {
    const run = async (startAt: number) => {
      const scenario = await DemoScenario.start({
        clock: new VirtualClock(startAt),
      });
      const [{ store }] = scenario.served.clusters;
      const uidsOf = (plural: string) =>
        store.list(plural).map(({ metadata }) => metadata.uid);
      const uids = {
        machines: uidsOf('virtualmachines'),
        migrations: scenario.truth.legs().map(({ uid }) => uid),
      };
      await scenario.stop();
      return { ...uids, store };
    };
    const [first, second] = [await run(START), await run(START + MINUTE_MS)];
    const isHome = (uid: string) => first.machines.includes(uid);
    expect(second.machines.filter(isHome).length).toBeGreaterThan(30);
    const known = new Set(first.migrations);
    expect(second.migrations.filter(uid => known.has(uid))).toEqual([]);
    // Whoever resumes where the first run ended is told to list anew.
    expect(() => second.store.eventsSince(first.store.resourceVersion)).toThrow(
      expect.objectContaining({ code: 410 }),
    );
  });

  it('makes a cluster blind for two minutes at a time', async () => {
    const clock = new VirtualClock(START);
    const scenario = await DemoScenario.start({ clock });
    const blind = () =>
      scenario.served.clusters.filter(
        ({ server }) => server.faults.list().length > 0,
      ).length;
    const seconds: number[] = [];
    for (let second = 0; second < 1_800; second += 1) {
      clock.advance(1_000);
      if (blind() > 0) seconds.push(second);
    }
    await scenario.stop();
    expect(seconds.length).toBeGreaterThanOrEqual(240);
    expect(seconds.length % 120).toBeLessThanOrEqual(2);
  });
});
