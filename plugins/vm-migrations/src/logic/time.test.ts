import { english, englishTimes } from '../__testUtils__/english';
import { relativeTime, timeFormats } from './time';

const NOW = new Date(2026, 10, 24, 12, 41, 7).getTime();

function ago(ms: number): string {
  return relativeTime(NOW - ms, NOW, english, englishTimes);
}

describe('relativeTime', () => {
  it.each([
    [-60_000, 'just now'],
    [4_999, 'just now'],
    [46_000, '46 s ago'],
    [60_000, '1 min ago'],
    [18 * 60_000, '18 min ago'],
    [3_600_000, '1 h ago'],
    [86_399_999, '23 h ago'],
  ])('writes an age of %d ms as %s', (ms, text) => {
    expect(ago(ms)).toBe(text);
  });

  it('writes the date after a day, with the year when it is another one', () => {
    expect(ago(12.65 * 86_400_000)).toBe('11 Nov 21:05');
    expect(ago(400 * 86_400_000)).toBe('20 Oct 2025 12:41');
  });
});

describe('timeFormats', () => {
  it('writes the time of day with 24 hours and the zone where it is in full', () => {
    expect(englishTimes.clock(NOW)).toBe('12:41:07');
    expect(englishTimes.shortClock(NOW)).toBe('12:41');
    expect(englishTimes.absolute(NOW)).toMatch(
      /^Tue,? 24 Nov 2026,? 12:41:07 (UTC|GMT)/,
    );
  });

  it('writes midnight as 0 o’clock', () => {
    expect(englishTimes.shortClock(new Date(2026, 10, 24).getTime())).toBe(
      '00:00',
    );
  });

  it('builds the formats of a language once', () => {
    expect(timeFormats('sv')).toBe(timeFormats('sv'));
    expect(timeFormats('sv')).not.toBe(englishTimes);
  });
});
