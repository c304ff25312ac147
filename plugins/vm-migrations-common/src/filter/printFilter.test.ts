import fc from 'fast-check';
import { filterArbitrary } from './__testUtils__/arbitraryFilter';
import { normalizeFilter } from './normalizeFilter';
import { parseFilter } from './parseFilter';
import { printFilter } from './printFilter';

const now = new Date('2026-03-04T10:00:00.000Z');

describe('printFilter', () => {
  it('writes what parses to the same filter', () => {
    fc.assert(
      fc.property(filterArbitrary, expression => {
        expect(parseFilter(printFilter(expression), { now })).toEqual(
          normalizeFilter(expression),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('writes the same text for what it wrote before', () => {
    fc.assert(
      fc.property(filterArbitrary, expression => {
        const text = printFilter(expression);
        expect(printFilter(parseFilter(text, { now }))).toBe(text);
      }),
    );
  });

  it.each([
    ['  cluster:a   -vm:b,c ', 'cluster:a -vm:b,c'],
    ['NOT (a OR b) AND c', '-(a OR b) c'],
    ['(a b) OR c', 'a b OR c'],
    ['-(a b)', '-(a b)'],
    ['outcome:completed', 'outcome:succeeded'],
    ['created:2026-03-04..2026-03-05', 'created:2026-03-04..2026-03-05'],
    ['created:2026-03-04', 'created:2026-03-04'],
    ['created:2026-02', 'created:2026-02-01..2026-02-28'],
    ['ended:<=2026-03-04', 'ended:<2026-03-05'],
    ['created:-24h..', 'created:>=2026-03-03T10:00:00Z'],
    ['started:*', 'started:*'],
    ['"two words"', '"two words"'],
    ['direction:"incoming@cluster:a b"', 'direction:"incoming@cluster:a b"'],
  ])('writes %s as %s', (text, expected) => {
    expect(printFilter(parseFilter(text, { now }))).toBe(expected);
  });

  it('writes no filter as the empty text, and has no text for nothing', () => {
    expect(printFilter(undefined)).toBe('');
    expect(() => printFilter({ type: 'or', operands: [] })).toThrow(
      'lets nothing through',
    );
  });
});
