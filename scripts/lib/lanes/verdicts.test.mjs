import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  closingLine,
  failed,
  fromExitCodes,
  passed,
  skipped,
  sum,
  withoutSkips,
} from './verdicts.mjs';

describe('the closing line', () => {
  it('leaves skips out when there are none', () => {
    assert.equal(
      closingLine(sum([passed(12), failed(0)])),
      '12 passed, 0 failed',
    );
  });

  it('counts skips', () => {
    assert.equal(
      closingLine(sum([passed(12), failed(2), skipped('no Go')])),
      '12 passed, 2 failed, 1 skipped',
    );
  });
});

describe('verdicts', () => {
  it('fail on the first exit code that is not 0', () => {
    assert.deepEqual(fromExitCodes(0, 2), failed());
    assert.deepEqual(fromExitCodes(0, 0), passed());
  });

  it('turn skips into failures where nothing may be skipped', () => {
    assert.equal(
      closingLine(withoutSkips({ passed: 3, failed: 1, skipped: 2 })),
      '3 passed, 3 failed',
    );
  });
});
