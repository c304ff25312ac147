import fc from 'fast-check';
import { isoTime } from './isoTime';

describe('isoTime', () => {
  it.each([
    ['2026-03-04T10:15:00Z', '2026-03-04T10:15:00.000Z'],
    ['2026-03-04T10:15:00.123456Z', '2026-03-04T10:15:00.123Z'],
    ['2026-03-04T12:15:00+02:00', '2026-03-04T10:15:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(isoTime(text)).toBe(expected);
  });

  it.each([
    undefined,
    '',
    '0',
    '2026',
    'yesterday',
    '2026-03-04',
    '2026-03-04T10:15:00',
    '2026-13-04T10:15:00Z',
    '2026-03-04T10:15:60Z',
    '+275760-09-13T00:00:00Z',
    '9999-12-31T23:59:59-12:00',
    '0000-01-01T00:00:00+12:00',
    '2026-03-04 10:15:00 +0000 UTC',
  ])('takes %s for no time', text => {
    expect(isoTime(text)).toBeUndefined();
  });

  it('gives texts that sort as the times do', () => {
    const times = fc
      .date({
        min: new Date('0001-01-01'),
        max: new Date('9999-12-31'),
        noInvalidDate: true,
      })
      .map(date => date.toISOString());
    fc.assert(
      fc.property(times, times, (a, b) => {
        const order = Math.sign(Date.parse(a) - Date.parse(b));
        const [first, second] = [isoTime(a) ?? '', isoTime(b) ?? ''];
        expect(first).toBe(a);
        expect(Number(first > second) - Number(first < second)).toBe(order);
      }),
    );
  });
});
