import {
  parseFilter,
  printFilter,
} from 'backstage-plugin-vm-migrations-common';
import {
  asksForActiveOnly,
  asksForSites,
  endedFilter,
  outcomesOf,
  withOutcomes,
} from './filterExpressions';

function read(text: string) {
  return parseFilter(text, { now: new Date('2026-03-04T10:00:00.000Z') });
}

describe('endedFilter', () => {
  it('asks for moves that have ended besides what was asked for', () => {
    expect(printFilter(endedFilter(undefined))).toBe('-outcome:active');
    expect(printFilter(endedFilter(read('vm:a OR vm:b')))).toBe(
      '(vm:a OR vm:b) -outcome:active',
    );
  });
});

describe('outcomesOf', () => {
  it.each([
    ['', undefined],
    ['vm:a', undefined],
    ['outcome:failed', ['failed']],
    ['vm:a outcome:timed-out,failed', ['failed', 'timed-out']],
    ['-outcome:failed', 'unclear'],
    ['outcome:failed OR vm:a', 'unclear'],
    ['outcome:failed outcome:active', 'unclear'],
    ['vm:a (outcome:failed OR phase:Running)', 'unclear'],
  ])('reads %p as %p', (text, outcomes) => {
    expect(outcomesOf(read(text))).toEqual(outcomes);
  });
});

describe('withOutcomes', () => {
  it('replaces the outcomes at the top and keeps the rest', () => {
    expect(
      printFilter(withOutcomes(read('outcome:failed vm:a'), ['active'])),
    ).toBe('vm:a outcome:active');
    expect(printFilter(withOutcomes(read('outcome:failed vm:a'), []))).toBe(
      'vm:a',
    );
    expect(withOutcomes(read('outcome:failed'), [])).toBeUndefined();
  });
});

describe('asksForActiveOnly', () => {
  it('is true only where nothing that has ended can fit', () => {
    expect(asksForActiveOnly(read('outcome:active vm:a'))).toBe(true);
    expect(asksForActiveOnly(read('outcome:active,failed'))).toBe(false);
    expect(asksForActiveOnly(read('-outcome:failed'))).toBe(false);
    expect(asksForActiveOnly(undefined)).toBe(false);
  });
});

describe('asksForSites', () => {
  it.each([
    ['datacenter:kista', true],
    ['vm:a OR -(vm:b datacenter:kista)', true],
    ['direction:incoming@kista', true],
    ['direction:incoming@cluster:kista-1', false],
    ['cluster:kista-1', false],
  ])('of %p is %p', (text, asks) => {
    expect(asksForSites(read(text))).toBe(asks);
  });
});
