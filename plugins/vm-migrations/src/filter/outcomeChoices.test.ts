import { parseFilter } from 'backstage-plugin-vm-migrations-common';
import { chooseOutcome, outcomeChoiceOf } from './outcomeChoices';

const NOW = new Date('2026-03-04T10:00:00.000Z');

describe('chooseOutcome', () => {
  it.each([
    ['', 'failed', 'outcome:failed,timed-out'],
    ['vm:web-*', 'active', 'vm:web-* outcome:active'],
    ['outcome:failed vm:web-*', 'succeeded', 'vm:web-* outcome:succeeded'],
    ['vm:web-* outcome:completed', 'all', 'vm:web-*'],
    ['outcome:active', 'all', ''],
    [
      'created:-24h.. outcome:active',
      'unknown',
      'created:-24h.. outcome:unknown',
    ],
  ] as const)('turns %p by %s into %p', (text, choice, expected) => {
    expect(chooseOutcome(text, choice, NOW)).toBe(expected);
  });

  it('writes the filter anew where adding words would change its meaning', () => {
    expect(chooseOutcome('vm:a OR vm:b', 'failed', NOW)).toBe(
      '(vm:a OR vm:b) outcome:failed,timed-out',
    );
  });

  it('leaves outcomes alone that are not asked for at the top', () => {
    expect(chooseOutcome('(outcome:failed vm:a) OR vm:b', 'all', NOW)).toBe(
      '(outcome:failed vm:a) OR vm:b',
    );
    expect(chooseOutcome('"outcome:failed"', 'active', NOW)).toBe(
      '"outcome:failed" outcome:active',
    );
  });
});

describe('outcomeChoiceOf', () => {
  it.each([
    ['', 'all'],
    ['vm:a', 'all'],
    ['outcome:timed-out,failed vm:a', 'failed'],
    ['outcome:completed', 'succeeded'],
    ['outcome:failed', undefined],
    ['-outcome:failed', undefined],
  ])('of %p is %p', (text, choice) => {
    expect(outcomeChoiceOf(parseFilter(text, { now: NOW }))).toBe(choice);
  });
});
