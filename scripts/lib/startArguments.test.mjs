import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseStartArguments } from './startArguments.mjs';

describe('parseStartArguments', () => {
  it('leaves foreign arguments to Backstage', () => {
    assert.deepEqual(parseStartArguments(['--config', 'a.yaml', '--inspect']), {
      kubeconfig: undefined,
      contexts: [],
      rest: ['--config', 'a.yaml', '--inspect'],
    });
  });

  it('takes a kubeconfig and several contexts in either form', () => {
    const expected = {
      kubeconfig: 'k.yaml',
      contexts: ['a', 'b', 'c'],
      rest: ['--inspect'],
    };
    assert.deepEqual(
      parseStartArguments([
        '--kubeconfig',
        'k.yaml',
        '--context',
        'a',
        'b',
        '--inspect',
        '--context=c',
      ]),
      expected,
    );
  });

  it('refuses options without their value', () => {
    assert.throws(() => parseStartArguments(['--kubeconfig']), /path/);
    assert.throws(
      () => parseStartArguments(['--kubeconfig', 'k', '--context']),
      /names of contexts/,
    );
  });

  it('refuses contexts without a kubeconfig', () => {
    assert.throws(
      () => parseStartArguments(['--context', 'a']),
      /--context needs --kubeconfig/,
    );
  });
});
