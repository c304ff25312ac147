import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseLanes } from './chooseLanes.mjs';

const LANES = [
  { name: 'types' },
  { name: 'lint' },
  { name: 'build', needs: ['types'] },
  { name: 'smoke', needs: ['build'] },
];
const names = args => chooseLanes(LANES, args).map(lane => lane.name);

describe('chooseLanes', () => {
  it('takes all lanes without --only', () => {
    assert.deepEqual(names([]), ['types', 'lint', 'build', 'smoke']);
  });

  it('takes what is asked for and what that needs, in order', () => {
    assert.deepEqual(names(['--only', 'smoke']), ['types', 'build', 'smoke']);
    assert.deepEqual(names(['--only=lint,types']), ['types', 'lint']);
  });

  it('names the lanes there are', () => {
    assert.throws(
      () => names(['--only', 'fast']),
      /no lane "fast".*types, lint/,
    );
    assert.throws(() => names(['--watch']), /--only types,lint/);
  });
});
