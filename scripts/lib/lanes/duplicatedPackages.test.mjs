import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { duplicatesInLockfile } from './duplicatedPackages.mjs';

const entry = (name, version) =>
  `"${name}@npm:^${version}":\n  version: ${version}\n  resolution: "${name}@npm:${version}"\n`;

describe('duplicatesInLockfile', () => {
  it('finds Backstage packages in two versions and nothing else', () => {
    const lockfile = [
      entry('@backstage/config', '1.3.11'),
      entry('@backstage/errors', '1.3.0'),
      entry('@backstage/errors', '1.4.0'),
      entry('undici', '7.30.1'),
      entry('undici', '8.13.1'),
    ].join('\n');
    assert.deepEqual(duplicatesInLockfile(lockfile), [
      '@backstage/errors 1.3.0 and 1.4.0',
    ]);
  });
});
