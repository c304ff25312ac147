import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { runLanes } from './runLanes.mjs';
import { failed, passed, skipped } from './verdicts.mjs';

function lane(name, verdict, more = {}) {
  return { name: `test-${name}`, run: mock.fn(async () => verdict), ...more };
}

async function run(lanes, strict = false) {
  const quiet = ['log', 'error'].map(method =>
    mock.method(console, method, () => {}),
  );
  try {
    return await runLanes(lanes, { strict });
  } finally {
    quiet.forEach(each => each.mock.restore());
  }
}

describe('runLanes', () => {
  it('adds lanes up', async () => {
    const total = await run([lane('a', passed(3)), lane('b', skipped('no'))]);
    assert.deepEqual(total, { passed: 3, failed: 0, skipped: 1 });
  });

  it('goes on after a lane that fails or throws', async () => {
    const last = lane('c', passed());
    const total = await run([
      lane('a', failed()),
      lane('b', undefined, {
        run: async () => {
          throw new Error('broken');
        },
      }),
      last,
    ]);
    assert.deepEqual(total, { passed: 1, failed: 2, skipped: 0 });
    assert.equal(last.run.mock.callCount(), 1);
  });

  it('skips what needs a lane that did not pass, to the end of the chain', async () => {
    const build = lane('build', passed(), { after: ['test-types'] });
    const smoke = lane('smoke', passed(), { after: ['test-build'] });
    const total = await run([lane('types', failed()), build, smoke]);
    assert.deepEqual(total, { passed: 0, failed: 1, skipped: 2 });
    assert.equal(smoke.run.mock.callCount(), 0);
  });

  it('counts skips as failures when it is strict', async () => {
    const total = await run(
      [lane('a', passed()), lane('b', skipped('no'))],
      true,
    );
    assert.deepEqual(total, { passed: 1, failed: 1, skipped: 0 });
  });

  it('cleans up in reverse, whatever happened', async () => {
    const order = [];
    const opens = (name, verdict) =>
      lane(name, undefined, {
        run: async ({ cleanUp }) => {
          cleanUp.push(async () => order.push(name));
          return verdict;
        },
      });
    await run([opens('a', passed()), opens('b', failed())]);
    assert.deepEqual(order, ['b', 'a']);
  });
});
