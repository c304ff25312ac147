import { phaseRank, type Outcome } from 'backstage-plugin-vm-migrations-common';
import fc from 'fast-check';
import {
  localHistories,
  pairHistories,
  phasesOf,
  type GeneratedHistory,
} from '../__testUtils__/history';
import { recordsWithInstances } from '../__testUtils__/recordsWithInstances';
import { observeAll } from '../__testUtils__/TrackingModel';
import type { DerivedMigration } from './types';

function find(records: DerivedMigration[], uids: string[]): DerivedMigration[] {
  return records.filter(({ legs }) =>
    legs.some(({ uid }) => uids.includes(uid)),
  );
}

function wholeOf({ events, uids }: GeneratedHistory) {
  const observations = observeAll(events);
  const [whole] = find(recordsWithInstances(observations), uids);
  return { observations, whole };
}

/** What a record with less in it may say of the outcome. */
function coarserThan(whole: DerivedMigration): Set<Outcome> {
  const told = [whole.outcome, ...whole.legs.map(({ outcome }) => outcome)];
  const coarser: Outcome[] = ['active', 'unknown', ...told];
  // How a move that had been handed over failed is told one update after the phase.
  return new Set(
    told.includes('cancelled') || told.includes('timed-out')
      ? [...coarser, 'failed']
      : coarser,
  );
}

function isSubsequence(part: string[], whole: string[]): boolean {
  let next = 0;
  for (const phase of whole) {
    if (phase === part[next]) {
      next += 1;
    }
  }
  return next === part.length;
}

function expectLessKnown(part: DerivedMigration, whole: DerivedMigration) {
  expect(coarserThan(whole)).toContain(part.outcome);
  expect(part.durationMs ?? 0).toBeGreaterThanOrEqual(0);
  expect(part.createdAt >= whole.createdAt).toBe(true);
  for (const side of ['source', 'target'] as const) {
    for (const fact of ['cluster', 'namespace', 'node', 'pod'] as const) {
      expect([undefined, whole[side][fact]]).toContain(part[side][fact]);
    }
  }
  expect([undefined, ...whole.legs.map(leg => leg.failureMessage)]).toContain(
    part.failure?.message,
  );
  for (const leg of part.legs) {
    const complete = whole.legs.find(({ uid }) => uid === leg.uid);
    expect(phaseRank(leg.phase)).toBeLessThanOrEqual(
      phaseRank(complete?.phase ?? ''),
    );
    const ofLeg = (record: DerivedMigration) =>
      phasesOf({
        ...record,
        transitions: record.transitions.filter(t => t.leg === leg.uid),
      });
    expect(isSubsequence(ofLeg(part), ofLeg(whole))).toBe(true);
  }
}

describe.each([
  ['a move within one cluster', localHistories({ others: true })],
  ['a move between clusters or namespaces', pairHistories()],
])('%s', (_, histories) => {
  it('ends as it did, with the nodes that can be known', () => {
    fc.assert(
      fc.property(histories, history => {
        const { whole } = wholeOf(history);
        expect(whole.outcome).toBe(history.outcome);
        expect(whole.legs).toHaveLength(history.uids.length);
        expect(whole.source).toMatchObject({
          cluster: 'alpha',
          node: 'node-1',
        });
        expect(whole.target.node).toBe(
          history.handedOver ? 'node-2' : undefined,
        );
        expect(whole.durationMs ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('gives the same record in any order and with duplicates', () => {
    fc.assert(
      fc.property(
        histories.chain(history => {
          const { observations, whole } = wholeOf(history);
          return fc.record({
            uids: fc.constant(history.uids),
            whole: fc.constant(whole),
            order: fc.shuffledSubarray(observations, {
              minLength: observations.length,
            }),
            again: fc.subarray(observations),
          });
        }),
        ({ uids, whole, order, again }) => {
          const found = find(recordsWithInstances([...order, ...again]), uids);
          expect(found).toHaveLength(1);
          const [record] = found;
          expect({ ...record, id: whole.id }).toEqual(whole);
        },
      ),
    );
  });
});

describe.each([
  ['a move within one cluster', localHistories({ others: false })],
  ['a move between clusters or namespaces', pairHistories()],
])('%s of which only a part was seen', (_, histories) => {
  it('gives a record with less in it, never a wrong one', () => {
    fc.assert(
      fc.property(
        histories.chain(history => {
          const { observations, whole } = wholeOf(history);
          return fc.record({
            uids: fc.constant(history.uids),
            whole: fc.constant(whole),
            seen: fc.shuffledSubarray(observations),
          });
        }),
        ({ uids, whole, seen }) => {
          const found = find(recordsWithInstances(seen), uids);
          expect(found.length).toBeLessThanOrEqual(uids.length);
          for (const record of found) {
            expectLessKnown(record, whole);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps its id and never goes back while more is seen', () => {
    fc.assert(
      fc.property(histories, history => {
        const { observations } = wholeOf(history);
        const ranks = new Map<string, number>();
        const ids = new Map<string, string>();
        for (let length = 1; length <= observations.length; length++) {
          const records = recordsWithInstances(observations.slice(0, length));
          for (const record of find(records, history.uids)) {
            for (const leg of record.legs) {
              const rank = phaseRank(leg.phase);
              expect(rank).toBeGreaterThanOrEqual(ranks.get(leg.uid) ?? 0);
              ranks.set(leg.uid, rank);
              expect(record.id).toBe(ids.get(leg.uid) ?? record.id);
              ids.set(leg.uid, record.id);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
