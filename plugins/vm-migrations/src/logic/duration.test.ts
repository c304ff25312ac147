import fc from 'fast-check';
import { english } from '../__testUtils__/english';
import { endedMigration, migration } from '../__testUtils__/migration';
import { durationOf, durationText, formatDuration } from './duration';

const CREATED = Date.parse('2026-03-04T10:00:00.000Z');

describe('formatDuration', () => {
  it.each([
    [0, '< 1 s'],
    [999, '< 1 s'],
    [1_000, '1 s'],
    [31_400, '31 s'],
    [60_000, '1 min 00 s'],
    [263_000, '4 min 23 s'],
    [3_599_999, '59 min 59 s'],
    [5_100_000, '1 h 25 min'],
    [3_660_000, '1 h 01 min'],
    [183_600_000, '2 d 3 h'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms, english)).toBe(text);
  });

  it('never writes a negative duration', () => {
    fc.assert(
      fc.property(fc.integer(), ms => {
        expect(formatDuration(ms, english)).not.toContain('-');
      }),
    );
  });
});

describe('durationOf', () => {
  it('takes the duration of the record once it has ended', () => {
    expect(durationOf(endedMigration(), CREATED + 999_999)).toEqual({
      type: 'ended',
      ms: 31_000,
    });
  });

  it('grows while the move goes on, and is never negative', () => {
    expect(durationOf(migration(), CREATED + 5_000)).toEqual({
      type: 'running',
      ms: 5_000,
    });
    expect(durationOf(migration(), CREATED - 5_000)).toEqual({
      type: 'running',
      ms: 0,
    });
  });

  it('gives both bounds of a move that ended unseen', () => {
    const unseen = endedMigration({
      outcome: 'unknown',
      endedAt: undefined,
      durationMs: undefined,
      endedBetween: {
        after: '2026-03-04T10:02:30.000Z',
        before: '2026-03-04T10:31:00.000Z',
      },
    });
    const duration = durationOf(unseen, CREATED);
    expect(duration).toEqual({
      type: 'between',
      fromMs: 150_000,
      toMs: 1_860_000,
    });
    expect(durationText(duration, english)).toBe('2 to 31 min');
  });

  it('writes long bounds in full', () => {
    expect(
      durationText(
        { type: 'between', fromMs: 60_000, toMs: 7_200_000 },
        english,
      ),
    ).toBe('1 min 00 s to 2 h 00 min');
  });

  it('does not know a duration that nothing tells', () => {
    const unknown = endedMigration({
      outcome: 'unknown',
      durationMs: undefined,
    });
    expect(durationText(durationOf(unknown, CREATED), english)).toBe('–');
  });
});
