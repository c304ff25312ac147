import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runCaptured, startGroup } from './childProcess.mjs';

const SLEEP_A_MINUTE = 'setTimeout(() => {}, 60_000)';

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(pid) {
  while (isRunning(pid)) {
    await new Promise(resolve => {
      setTimeout(resolve, 10);
    });
  }
}

describe('runCaptured', () => {
  it('collects output by line and as a whole, and the exit code', async () => {
    const lines = [];
    const answer = await runCaptured(
      process.execPath,
      ['-e', 'console.log("a"); console.error("b"); process.exitCode = 3'],
      { onLine: line => lines.push(line) },
    );
    assert.equal(answer.exitCode, 3);
    assert.equal(answer.output.length, 4);
    assert.deepEqual(lines.sort(), ['a', 'b']);
  });

  it('rejects when the program is not there', async () => {
    await assert.rejects(runCaptured('no-such-program', []), {
      code: 'ENOENT',
    });
  });
});

describe('startGroup', () => {
  it('ends what the program started as well', async () => {
    const { child, stop, exited } = startGroup(
      process.execPath,
      [
        '-e',
        `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', '${SLEEP_A_MINUTE}']);
         console.log(pid); ${SLEEP_A_MINUTE}`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const grandchild = await new Promise(resolve => {
      child.stdout.once('data', chunk => resolve(Number(chunk)));
    });
    await stop();
    assert.equal(await exited, 128 + 15);
    await gone(grandchild);
    assert.equal(isRunning(grandchild), false);
  });
});

describe('a process that is asked to stop', () => {
  it('ends its groups before itself', async () => {
    const url = new URL('./childProcess.mjs', import.meta.url).href;
    const { child, exited } = startGroup(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { startGroup } from '${url}';
         const { child } = startGroup(process.execPath, ['-e', '${SLEEP_A_MINUTE}']);
         console.log(child.pid);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const group = await new Promise(resolve => {
      child.stdout.once('data', chunk => resolve(Number(chunk)));
    });
    child.kill('SIGINT');
    assert.equal(await exited, 128 + 2);
    await gone(group);
    assert.equal(isRunning(group), false);
  });
});
