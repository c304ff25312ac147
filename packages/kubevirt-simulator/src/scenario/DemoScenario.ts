/**
 * The demo: five clusters at four sites, about 120 machines, and something always moving.
 * It begins some minutes in the past, so that there is a history when it is first looked at.
 */
import { createHash } from 'node:crypto';
import { CatchUpClock, RealClock, type Clock } from '../clock';
import { Fleet, type GroundTruth } from '../kubevirt';
import { SeededRandom } from '../random';
import { ServedClusters } from '../serving';
import { BlindSpells } from './BlindSpells';
import { DemoDirector } from './DemoDirector';
import { demoMachines, type DemoMachine } from './demoMachines';
import { DEMO_SETTINGS } from './demoSettings';
import { DEMO_SITES, type DemoSite } from './sites';

export const DEMO_SEED = 1;

const HISTORY_MS = 12 * 60_000;

/** A month of the demo would otherwise fill the memory. */
const KEPT_TRUTHS = 20_000;

const DAY_MS = 86_400_000;

/** The oldest machine's birthday; the youngest is 300 days younger. */
const MACHINES_SINCE_MS = Date.parse('2025-01-07T08:00:00Z');

export interface DemoScenarioOptions {
  /** The same seed gives the same machines, in the same places; {@link DEMO_SEED} when absent. */
  seed?: number;
  /** The machine's clock when absent. */
  clock?: Clock;
  /** The port of the first cluster, the others follow; free ones when absent or 0. */
  port?: number;
  /** Where faults are switched, 0: any free port; nowhere when absent. */
  controlPort?: number;
}

export class DemoScenario {
  readonly sites: readonly DemoSite[] = DEMO_SITES;
  readonly served: ServedClusters;
  readonly #fleet: Fleet;
  readonly #clock: CatchUpClock;

  private constructor(
    served: ServedClusters,
    fleet: Fleet,
    clock: CatchUpClock,
  ) {
    this.served = served;
    this.#fleet = fleet;
    this.#clock = clock;
  }

  /** Resolves when the history is there and the clusters are served. */
  static async start(options: DemoScenarioOptions = {}): Promise<DemoScenario> {
    const { seed = DEMO_SEED, clock = new RealClock(), ...ports } = options;
    const startAt = clock.now() - HISTORY_MS;
    const demoClock = new CatchUpClock(clock, startAt);
    // The history is new with each start, and so are the uids that are made in it.
    const random = SeededRandom.create(seedOf(`${seed}/${startAt}`));
    const fleet = buildDemoFleet({ seed, clock: demoClock, random });
    new DemoDirector({
      fleet,
      clock: demoClock,
      random: random.fork(),
      machines: demoMachines(),
    }).start();
    await demoClock.catchUp();

    const served = await ServedClusters.start({
      stores: new Map(fleet.clusters.map(({ name, store }) => [name, store])),
      clock: demoClock,
      ...ports,
    });
    new BlindSpells({
      faults: new Map(
        served.clusters.map(({ name, server }) => [name, server.faults]),
      ),
      clock: demoClock,
      random: random.fork(),
    }).start();
    return new DemoScenario(served, fleet, demoClock);
  }

  get truth(): GroundTruth {
    return this.#fleet.truth;
  }

  async stop(): Promise<void> {
    this.#fleet.stop();
    this.#clock.stop();
    await this.served.stop();
  }
}

/** The clusters and machines of the demo, in which nothing happens yet. */
export function buildDemoFleet(options: {
  seed: number;
  clock: Clock;
  random: SeededRandom;
}): Fleet {
  const { seed, clock, random } = options;
  const fleet = new Fleet({
    clock,
    random,
    identity: `demo/${seed}`,
    keptTruths: KEPT_TRUTHS,
    // A version a millisecond: no run of the demo is as fast, so each begins above the last.
    firstResourceVersion: clock.now(),
  });
  for (const { name, nodes } of DEMO_SITES.flatMap(
    ({ clusters }) => clusters,
  )) {
    fleet.addCluster({ name, nodes, settings: DEMO_SETTINGS });
  }
  // Places and ages come from the seed alone, as the machines' names and uids do.
  const layout = SeededRandom.create(seed);
  const onNodes = new Map<string, number>();
  for (const machine of demoMachines()) {
    const node = emptiestNode(machine, fleet, onNodes);
    onNodes.set(node, (onNodes.get(node) ?? 0) + 1);
    fleet.cluster(machine.cluster).createVirtualMachine(machine.spec, {
      node,
      sinceMs: MACHINES_SINCE_MS + layout.integer(0, 300) * DAY_MS,
    });
  }
  return fleet;
}

function emptiestNode(
  { cluster }: DemoMachine,
  fleet: Fleet,
  onNodes: ReadonlyMap<string, number>,
): string {
  return fleet
    .cluster(cluster)
    .nodes.reduce((best, node) =>
      (onNodes.get(node) ?? 0) < (onNodes.get(best) ?? 0) ? node : best,
    );
}

/** A 32-bit number from a text. */
function seedOf(text: string): number {
  return createHash('sha256').update(text).digest().readInt32BE(0);
}
