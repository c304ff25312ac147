import fc from 'fast-check';
import { matchesPattern } from './matchesPattern';

describe('matchesPattern', () => {
  it('agrees with the regular expression of the pattern', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*') });
    const values = fc.string({ unit: fc.constantFrom('a', 'b') });
    fc.assert(
      fc.property(letters, values, (pattern, value) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        expect(matchesPattern(pattern, value)).toBe(expression.test(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes every other character as itself', () => {
    expect(matchesPattern('a.c*', 'abc')).toBe(false);
    expect(matchesPattern('a.c*', 'a.cd')).toBe(true);
  });

  it('stays fast where a regular expression would not', () => {
    expect(matchesPattern('*a'.repeat(200), 'a'.repeat(199))).toBe(false);
  });
});
