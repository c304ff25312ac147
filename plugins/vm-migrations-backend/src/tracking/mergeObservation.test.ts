import fc from 'fast-check';
import type { LegFacts } from '../kubevirt';
import { mergeObservation } from './mergeObservation';
import type { Leg, LegObservation } from './types';

const phase = fc.constantFrom(
  ...['', 'Pending', 'Running', 'Succeeded', 'Failed', 'SomethingNew'],
  ...['constructor', '__proto__'],
);

const facts: fc.Arbitrary<LegFacts> = fc.record(
  {
    phase,
    sourceNode: fc.constantFrom('node-1', 'node-2'),
    failed: fc.constant(true),
    failureReason: fc.constantFrom('one', 'two'),
    conditions: fc.constantFrom([], [{ type: 'a', status: 'True' }]),
    targetNode: fc.constantFrom('node-1', 'node-2'),
  },
  { requiredKeys: [] },
);

const observation: fc.Arbitrary<LegObservation> = fc.record({
  cluster: fc.constant('alpha'),
  uid: fc.constant('uid-1'),
  version: fc.integer({ min: 1, max: 9 }),
  observedAt: fc
    .integer({ min: 0, max: 59 })
    .map(second => `2026-03-04T10:00:${String(second).padStart(2, '0')}.000Z`),
  seen: fc.boolean(),
  deleted: fc.boolean(),
  facts,
});

const observations = fc.array(observation, { minLength: 1, maxLength: 8 });

function mergeAll(all: LegObservation[]): Leg | undefined {
  return all.reduce<Leg | undefined>(
    (leg, next) => mergeObservation(leg, next, 1),
    undefined,
  );
}

describe('mergeObservation', () => {
  it('gives the same leg in any order', () => {
    fc.assert(
      fc.property(
        observations.chain(all =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length }),
          ),
        ),
        ([all, order]) => {
          expect(mergeAll(order)).toEqual(mergeAll(all));
        },
      ),
    );
  });

  it('does not change when observations come twice', () => {
    fc.assert(
      fc.property(observations, fc.infiniteStream(fc.nat()), (all, picks) => {
        const again = [...picks.take(3)].map(pick => all[pick % all.length]);
        expect(mergeAll([...all, ...again])).toEqual(mergeAll(all));
      }),
    );
  });

  it('loses no fact', () => {
    fc.assert(
      fc.property(observations, all => {
        const leg = mergeAll(all);
        for (const { facts: told } of all) {
          for (const fact of Object.keys(told)) {
            expect(leg?.facts).toHaveProperty(fact);
          }
        }
      }),
    );
  });

  it('keeps the first final phase, else the newest', () => {
    fc.assert(
      fc.property(observations, all => {
        const told = all.filter(({ facts: { phase: p } }) => p !== undefined);
        const final = told.filter(
          ({ facts: { phase: p } }) => p === 'Succeeded' || p === 'Failed',
        );
        const versions = (final.length ? final : told).map(
          ({ version }) => version,
        );
        const expected = final.length
          ? Math.min(...versions)
          : Math.max(...versions);
        expect(mergeAll(all)?.facts.phase?.[1]).toBe(
          told.length ? expected : undefined,
        );
      }),
    );
  });

  it('remembers the first sight of every phase, whatever it is called', () => {
    fc.assert(
      fc.property(observations, all => {
        const leg = mergeAll(all);
        const firstSights = new Map<string, string>();
        for (const { seen, facts: told, observedAt } of all) {
          const first = firstSights.get(told.phase ?? '') ?? observedAt;
          if (seen && told.phase) {
            firstSights.set(
              told.phase,
              first < observedAt ? first : observedAt,
            );
          }
        }
        expect(new Map(Object.entries(leg?.observedPhases ?? {}))).toEqual(
          firstSights,
        );
      }),
    );
  });

  it('keeps the place of the first sight when a leg is known', () => {
    const told: LegObservation = {
      cluster: 'alpha',
      uid: 'uid-1',
      version: 5,
      observedAt: '2026-03-04T10:00:05.000Z',
      seen: false,
      deleted: false,
      facts: { sourceNode: 'node-1' },
    };
    const leg = mergeObservation(undefined, told, 7);
    const seen = mergeObservation(
      leg,
      {
        ...told,
        version: 3,
        observedAt: '2026-03-04T10:00:01.000Z',
        seen: true,
      },
      9,
    );
    expect(seen).toMatchObject({
      firstSeen: 7,
      firstObservedAt: '2026-03-04T10:00:01.000Z',
      seen: true,
    });
  });
});
