import { failed } from './verdicts.mjs';

function countOf(word, output) {
  return Number(output.match(new RegExp(`^ℹ ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
}

/** The tests of the commands themselves and of the lint rules: no transform. */
export const scriptTests = {
  name: 'scripts',
  async run({ log }) {
    const exitCode = await log.runNode([
      '--test',
      '--test-reporter=spec',
      'scripts/**/*.test.mjs',
      'tools/**/*.test.mjs',
    ]);
    const output = log.tail();
    const verdict = {
      passed: countOf('pass', output),
      failed: countOf('fail', output) + countOf('cancelled', output),
      skipped: countOf('skipped', output) + countOf('todo', output),
    };
    const unexplained = exitCode !== 0 && verdict.failed === 0;
    return unexplained || verdict.passed === 0 ? failed() : verdict;
  },
};
