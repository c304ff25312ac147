import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSupportedNode } from './supportedNode.mjs';

describe('isSupportedNode', () => {
  for (const version of ['v22.19.0', '22.23.3', 'v24.0.0', '24.21.0']) {
    it(`takes ${version}`, () => {
      assert.equal(isSupportedNode(version), true);
    });
  }
  for (const version of ['v20.20.2', 'v22.18.9', 'v23.1.0', 'v26.0.0']) {
    it(`does not take ${version}`, () => {
      assert.equal(isSupportedNode(version), false);
    });
  }
});
