import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';

/** Runs a main function in a process of its own. */
function run(main) {
  const script = `
    import { runMain, UserError } from '${new URL(
      'UserError.mjs',
      import.meta.url,
    )}';
    await runMain(${main});
  `;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
}

describe('runMain', () => {
  it('ends with the code that the command returns', () => {
    assert.equal(run('async () => 3').status, 3);
    assert.equal(run('async () => {}').status, 0);
  });

  it('keeps the code whatever hooks itself into the end of the process', () => {
    const { status, stdout } = run(`async () => {
      process.on('beforeExit', () => process.exit(0));
      console.log('0 passed, 1 failed');
      return 1;
    }`);
    assert.equal(status, 1);
    assert.equal(stdout, '0 passed, 1 failed\n');
  });

  it('says what a person can act on without a stack', () => {
    const { status, stderr } = run(
      `async () => { throw new UserError('Port 3000 is taken'); }`,
    );
    assert.equal(status, 1);
    assert.equal(stderr.trim(), '✖ Port 3000 is taken');
  });
});
