import { PHASES } from 'backstage-plugin-vm-migrations-common';
import fc from 'fast-check';
import { endedMigration, leg, migration } from '../__testUtils__/migration';
import { phaseTimeline } from './phaseTimeline';

const START = Date.parse('2026-03-04T10:00:00.000Z');

function at(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

function reported(phase: string, seconds: number, uid = 'leg-1') {
  return {
    leg: uid,
    phase,
    at: at(seconds),
    timeSource: 'reported' as const,
  };
}

describe('phaseTimeline', () => {
  it('gives each phase the time until the next one, and the present one until now', () => {
    const { legs, start, end } = phaseTimeline(
      migration({
        transitions: [
          reported('Pending', 0),
          reported('Scheduling', 2),
          reported('Running', 9),
        ],
      }),
      START + 20_000,
    );
    expect(
      legs[0].spans.map(span => [span.phase, span.durationMs, span.running]),
    ).toEqual([
      ['Pending', 2_000, false],
      ['Scheduling', 7_000, false],
      ['Running', 11_000, true],
    ]);
    expect([start, end]).toEqual([START, START + 20_000]);
  });

  it('gives the final phase no length and says how many phases were not reached', () => {
    const [{ spans, notReached }] = phaseTimeline(
      endedMigration({
        outcome: 'failed',
        endedAt: at(304),
        legs: [leg({ phase: 'Failed', outcome: 'failed', endedAt: at(304) })],
        transitions: [
          reported('Pending', 0),
          reported('Scheduling', 1),
          reported('Failed', 304),
        ],
      }),
      START + 999_000,
    ).legs;
    expect(spans.map(span => span.durationMs)).toEqual([
      1_000,
      303_000,
      undefined,
    ]);
    expect(notReached).toBe(4);
  });

  it('puts both legs on one axis', () => {
    const { legs, start, end } = phaseTimeline(
      endedMigration({
        kind: 'cross-cluster',
        legs: [
          leg({ uid: 's', role: 'source', outcome: 'succeeded' }),
          leg({ uid: 't', role: 'target', outcome: 'succeeded' }),
        ],
        transitions: [
          reported('WaitingForSync', -3, 't'),
          reported('Synchronizing', 0, 's'),
          reported('Succeeded', 31, 't'),
          reported('Succeeded', 33, 's'),
        ],
      }),
      START,
    );
    expect(legs.map(({ spans }) => spans.map(span => span.phase))).toEqual([
      ['Synchronizing', 'Succeeded'],
      ['WaitingForSync', 'Succeeded'],
    ]);
    expect([start, end]).toEqual([START - 3_000, START + 33_000]);
  });

  it('ends a leg that was never seen to end with its move', () => {
    const [{ spans }] = phaseTimeline(
      endedMigration({
        endedAt: at(31),
        legs: [leg({ outcome: 'active' })],
        transitions: [reported('Running', 10)],
      }),
      START + 999_000,
    ).legs;
    expect(spans[0]).toMatchObject({ durationMs: 21_000, running: false });
  });

  it('never has a negative length and never leaves its axis, whatever the clocks say', () => {
    const transition = fc.record({
      leg: fc.constantFrom('s', 't'),
      phase: fc.constantFrom(...PHASES, 'Quiescing'),
      at: fc.integer({ min: -500, max: 500 }).map(at),
      timeSource: fc.constantFrom('reported' as const, 'observed' as const),
    });
    fc.assert(
      fc.property(
        fc.array(transition),
        fc.integer({ min: -500, max: 500 }),
        fc.constantFrom('active' as const, 'failed' as const),
        (transitions, nowSeconds, outcome) => {
          const timeline = phaseTimeline(
            migration({
              kind: 'cross-cluster',
              outcome,
              endedAt: outcome === 'active' ? undefined : at(0),
              transitions,
              legs: [
                leg({ uid: 's', role: 'source' }),
                leg({ uid: 't', role: 'target', outcome }),
              ],
            }),
            START + nowSeconds * 1000,
          );
          const spans = timeline.legs.flatMap(({ spans: own }) => own);
          expect(spans).toHaveLength(transitions.length);
          for (const span of spans) {
            const length = span.durationMs ?? 0;
            expect(length).toBeGreaterThanOrEqual(0);
            expect(span.at).toBeGreaterThanOrEqual(timeline.start);
            expect(span.at + length).toBeLessThanOrEqual(timeline.end);
          }
        },
      ),
    );
  });
});
