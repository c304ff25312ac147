import fc from 'fast-check';
import { Backoff } from './Backoff';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('Backoff', () => {
  it('waits anything up to a ceiling that doubles and ends at 30 s', () => {
    fc.assert(
      fc.property(fc.array(random, { minLength: 1 }), numbers => {
        let next = 0;
        const backoff = new Backoff(() => numbers[next % numbers.length]);
        for (next = 0; next < numbers.length; next += 1) {
          const ceiling = Math.min(800 * 2 ** next, 30_000);
          expect(backoff.fail()).toBe(numbers[next] * ceiling);
          expect(backoff.failures).toBe(next + 1);
        }
      }),
    );
  });

  it('never waits longer than the ceiling it is given', () => {
    fc.assert(
      fc.property(
        random,
        fc.integer({ min: 0, max: 5_000 }),
        fc.integer({ min: 1, max: 60_000 }),
        (number, failures, ceiling) => {
          const backoff = new Backoff(() => number);
          for (let failure = 0; failure < failures; failure += 1) {
            backoff.fail();
          }
          expect(backoff.fail(ceiling)).toBeLessThan(ceiling);
        },
      ),
    );
  });

  it('begins anew after a reset', () => {
    const backoff = new Backoff(() => 0.5);
    backoff.fail();
    backoff.fail();
    backoff.reset();

    expect(backoff.failures).toBe(0);
    expect(backoff.fail()).toBe(400);
  });
});
