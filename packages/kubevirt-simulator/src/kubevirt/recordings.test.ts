import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { at, outline, type Outline } from './__testUtils__/outline';
import { Simulation, WEB, type HistoryEvent } from './__testUtils__/simulation';
import { readSequence, type SequenceEvent } from '../replay';

const RECORDINGS = resolve(
  __dirname,
  '../../../../plugins/vm-migrations-backend/src/__fixtures__/sequences/recorded',
);

function recording(name: string): SequenceEvent[] {
  const file = `${name}.ndjson`;
  return readSequence(readFileSync(resolve(RECORDINGS, file), 'utf8'), file);
}

const MIGRATIONS = 'virtualmachineinstancemigrations';
const INSTANCES = 'virtualmachineinstances';

function outlinesOf(
  events: (SequenceEvent | HistoryEvent)[],
  cluster: string,
  resource: string,
): Outline[] {
  return events
    .filter(event => event.cluster === cluster && event.resource === resource)
    .map(outline);
}

const VM = { namespace: 'shop', name: 'crm-1' };

/** One machine moves; what its cluster shows of it. */
function simulate(
  seed: number,
  act: (simulation: Simulation, vm: typeof VM) => void,
): HistoryEvent[] {
  const simulation = new Simulation(seed);
  simulation.a.createVirtualMachine(VM);
  simulation.clock.advance(2_000);
  act(simulation, VM);
  simulation.clock.advance(60_000);
  return simulation.history.filter(
    ({ object }) => object.metadata.name !== WEB.name,
  );
}

describe.each([1, 2, 3])('a simulation with seed %d', seed => {
  it.each([
    { name: 'in-cluster-success', options: {} },
    { name: 'failed-by-handler', options: { fail: 'handler-failed' } },
  ] as const)(
    'shows what a real virt-controller showed in $name',
    ({ name, options }) => {
      const history = simulate(seed, ({ a }, vm) => a.migrate(vm, options));
      const recorded = recording(name);

      const migration = outlinesOf(recorded, 'cluster-a', MIGRATIONS);
      expect(migration.length).toBeGreaterThan(10);
      expect(outlinesOf(history, 'cluster-a', MIGRATIONS)).toEqual(migration);

      // The recordings stop before the last pod is cleared away.
      const instance = outlinesOf(recorded, 'cluster-a', INSTANCES);
      expect(instance.length).toBeGreaterThan(10);
      expect(
        outlinesOf(history, 'cluster-a', INSTANCES)
          .slice(0, instance.length)
          .map(withoutPods),
      ).toEqual(instance.map(withoutPods));
    },
  );

  it('shows both halves of a pair as real controllers showed them', () => {
    const history = simulate(seed, ({ fleet, a, b }, vm) =>
      fleet.mover.move({ from: a, vm, to: b, keep: true }),
    );
    const recorded = recording('cross-success');

    for (const cluster of ['cluster-a', 'cluster-b']) {
      const half = outlinesOf(recorded, cluster, MIGRATIONS);
      expect(half.length).toBeGreaterThan(10);
      expect(
        outlinesOf(history, cluster, MIGRATIONS).slice(0, half.length),
      ).toEqual(half);
    }
    const receiver = outlinesOf(recorded, 'cluster-b', INSTANCES);
    expect(
      outlinesOf(history, 'cluster-b', INSTANCES).slice(0, receiver.length),
    ).toEqual(receiver);
  });

  it('keeps five finished migrations of an instance, as recorded', () => {
    const simulation = new Simulation(seed);
    for (let move = 1; move <= 7; move += 1) {
      simulation.a.migrate(WEB);
      simulation.clock.advance(20_000);
    }
    expect(endsOf(simulation.history)).toEqual(endsOf(recording('kept-five')));
  });
});

/** Which of a list of migrations ended, and which went, as numbers in order of creation. */
function endsOf(events: (SequenceEvent | HistoryEvent)[]): string[] {
  const order = new Map<unknown, number>();
  const ends: string[] = [];
  const phases = new Map<unknown, string>();
  for (const event of events) {
    if (event.resource !== MIGRATIONS) continue;
    const uid = at(event.object, 'metadata', 'uid');
    if (!order.has(uid)) order.set(uid, order.size + 1);
    const { type, phase } = outline(event);
    if (type === 'DELETED') ends.push(`${order.get(uid)} DELETED`);
    else if (phase !== phases.get(uid) && phase === 'Succeeded') {
      ends.push(`${order.get(uid)} ${phase}`);
    }
    phases.set(uid, phase);
  }
  return ends;
}

/** In the recordings the first pod is noted now with the first status, now after it. */
function withoutPods({ fields, ...rest }: Outline): Outline {
  return {
    ...rest,
    fields: fields.filter(field => !field.startsWith('status.activePods')),
  };
}
