import fc from 'fast-check';
import {
  EXPECTED,
  loadSequence,
  type ExpectedRecord,
} from '../__testUtils__/sequences';
import { observationsOf, recordsOf } from '../__testUtils__/TrackingModel';
import type { DerivedMigration, LegObservation } from './types';
import { isFinalPhase, phaseRank } from 'backstage-plugin-vm-migrations-common';

function find(records: DerivedMigration[], expected: ExpectedRecord) {
  const uids = expected.uids ?? (expected.uid ? [expected.uid] : []);
  const found = records.filter(record =>
    uids.length
      ? record.legs.some(leg => uids.includes(leg.uid))
      : record.vm.name === expected.vm,
  );
  expect(found).toHaveLength(1);
  return found[0];
}

function check(record: DerivedMigration, expected: ExpectedRecord) {
  expect(record.vm).toMatchObject({
    name: expected.vm,
    namespace: expected.namespace,
  });
  expect(record).toMatchObject({
    phase: expected.phase,
    outcome: expected.outcome,
    kind: expected.kind,
  });
  for (const side of ['source', 'target'] as const) {
    const [cluster, node] = expected[side];
    if (cluster !== null) {
      expect(record[side].cluster).toBe(cluster);
    }
    if (node !== null) {
      expect(record[side].node).toBe(node);
    }
  }
  if (expected.phases) {
    expect(record.transitions.map(({ phase }) => phase)).toEqual(
      expected.phases,
    );
  }
  if (expected.failure) {
    expect(record.failure?.message).toContain(expected.failure);
  }
  if (expected.legs) {
    expect(record.legs).toHaveLength(expected.legs);
  }
}

/** What the place of an observation in the stream decides: ids, and times of first sight. */
function withoutOrder(record: DerivedMigration) {
  const { id: _id, ...rest } = record;
  return rest;
}

const shuffled = (observations: LegObservation[]) =>
  fc.shuffledSubarray(observations, { minLength: observations.length });

describe.each(Object.keys(EXPECTED))('%s', name => {
  const observations = observationsOf(loadSequence(name));

  it('gives the expected records', () => {
    const records = recordsOf(observations);
    expect(records).toHaveLength(EXPECTED[name].length);
    for (const expected of EXPECTED[name]) {
      check(find(records, expected), expected);
    }
  });

  it('gives the same records in any order of arrival and with duplicates', () => {
    const reference = new Map(
      recordsOf(observations).map(record => [
        record.legs.map(leg => leg.uid).join(),
        withoutOrder(record),
      ]),
    );
    fc.assert(
      fc.property(
        shuffled(observations),
        fc.subarray(observations),
        (order, repeated) => {
          const records = recordsOf([...order, ...repeated]);
          expect(records).toHaveLength(reference.size);
          for (const record of records) {
            const key = record.legs.map(leg => leg.uid).join();
            expect(withoutOrder(record)).toEqual(reference.get(key));
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('never goes back or contradicts its end when the history is cut off', () => {
    const complete = recordsOf(observations);
    const ranks = new Map<string, number>();
    for (let length = 1; length <= observations.length; length++) {
      for (const record of recordsOf(observations.slice(0, length))) {
        const whole = complete.find(candidate =>
          candidate.legs.some(leg => leg.uid === record.id),
        );
        expect(whole).toBeDefined();
        expect(isFinalPhase(record.phase)).toBe(
          record.outcome !== 'active' && record.outcome !== 'unknown',
        );
        for (const leg of record.legs) {
          const rank = phaseRank(leg.phase);
          expect(rank).toBeGreaterThanOrEqual(ranks.get(leg.uid) ?? 0);
          ranks.set(leg.uid, rank);
        }
        expect(record.durationMs ?? 0).toBeGreaterThanOrEqual(0);
        for (const side of ['source', 'target'] as const) {
          expect([undefined, whole?.[side].node]).toContain(record[side].node);
        }
      }
    }
  });
});
