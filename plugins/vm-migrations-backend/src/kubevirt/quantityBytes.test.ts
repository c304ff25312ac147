import fc from 'fast-check';
import { quantityBytes } from './quantityBytes';

describe('quantityBytes', () => {
  it.each([
    ['8Gi', 8 * 2 ** 30],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['.5Ki', 512],
    ['512Mi', 512 * 2 ** 20],
    ['64Ki', 65_536],
    ['2Ti', 2 * 2 ** 40],
    ['1500M', 1_500_000_000],
    ['4G', 4e9],
    ['128k', 128_000],
    ['1E', undefined],
    ['1e9', 1e9],
    ['1E9', 1e9],
    ['12e-1', 1],
    ['+5', 5],
    ['1073741824', 2 ** 30],
    ['2500m', 3],
    ['4000000u', 4],
    ['7000000000n', 7],
    [1024, 1024],
    ['0', 0],
  ])('reads %s', (quantity, bytes) => {
    expect(quantityBytes(quantity)).toBe(bytes);
  });

  it.each([
    undefined,
    '',
    ' 8Gi',
    '8 Gi',
    '8gi',
    '8GiB',
    '8K',
    '1e3Mi',
    '-1Gi',
    '1.2.3',
    '.',
    'Gi',
    '1constructor',
    '1toString',
    '1__proto__',
    '9007199254740993',
    '16Ei',
    '1e400',
    NaN,
    Infinity,
    -1,
  ])('takes %s for no amount of bytes', quantity => {
    expect(quantityBytes(quantity)).toBeUndefined();
  });

  it('gives a whole number that is not negative, or nothing, for any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[+-]?[\d.eE]+[A-Za-z]*$/)),
        text => {
          const bytes = quantityBytes(text) ?? 0;
          expect(Number.isSafeInteger(bytes)).toBe(true);
          expect(bytes).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
