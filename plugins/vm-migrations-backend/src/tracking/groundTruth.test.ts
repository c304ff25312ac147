import fc from 'fast-check';
import { EveryEndingScenario, VirtualClock } from 'kubevirt-simulator';
import { observeAll } from '../__testUtils__/TrackingModel';
import { recordsWithInstances } from '../__testUtils__/recordsWithInstances';
import { WATCHED_RESOURCES } from '../kubevirt';
import type { DerivedMigration } from './types';

/*
 * Clusters in which everything happens, whose simulator says of each move what it did to it.
 * Whatever it was, the record that is derived from what was to be seen must say the same.
 */

type Events = Parameters<typeof observeAll>[0];

const SPAN_MS = 4 * 60_000;

/** The longest that a pod is waited for is a quarter of an hour. */
const END_MS = 20 * 60_000;

function simulate(seed: number) {
  const clock = new VirtualClock(Date.parse('2026-03-04T10:00:00Z'));
  const scenario = new EveryEndingScenario({ seed, clock });
  const events: Events = [];
  for (const { name, store } of scenario.fleet.clusters) {
    for (const { plural } of WATCHED_RESOURCES) {
      for (const object of store.list(plural)) {
        events.push({ cluster: name, resource: plural, type: 'ADDED', object });
      }
    }
    store.subscribe(({ type, resource, current }) => {
      if (WATCHED_RESOURCES.some(({ plural }) => plural === resource.plural)) {
        events.push({
          cluster: name,
          resource: resource.plural,
          type,
          object: current.object,
        });
      }
    });
  }
  scenario.start();
  clock.advance(SPAN_MS);
  scenario.pause();
  clock.advance(END_MS);
  return { events, truth: scenario.fleet.truth };
}

function summaryOf(record: DerivedMigration) {
  const { kind, outcome, source, target, vm } = record;
  return {
    vm: { namespace: vm.namespace, name: vm.name },
    kind,
    outcome,
    source: { cluster: source.cluster, node: source.node },
    target: { cluster: target.cluster, node: target.node },
    failure: outcome === 'succeeded' ? undefined : record.failure?.message,
    disagreement: record.disagreement,
  };
}

it('records what really happened, whatever it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), seed => {
      const { events, truth } = simulate(seed);
      const records = recordsWithInstances(observeAll(events));
      const moves = truth.moves();
      expect(moves.length).toBeGreaterThan(20);
      expect(records).toHaveLength(moves.length);
      for (const move of moves) {
        const found = records.filter(({ legs }) =>
          legs.some(({ uid }) => move.uids.includes(uid)),
        );
        expect(found.map(summaryOf)).toEqual([
          {
            vm: move.vm,
            kind: move.kind,
            outcome: move.outcome,
            source: { cluster: undefined, node: undefined, ...move.source },
            target: { cluster: undefined, node: undefined, ...move.target },
            failure: move.failureReason,
            disagreement: move.disagreement,
          },
        ]);
      }
    }),
    { numRuns: 5 },
  );
});
