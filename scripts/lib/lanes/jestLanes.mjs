import fs from 'node:fs/promises';
import { backstageCli } from '../backstageCli.mjs';
import { inRepository } from '../repository.mjs';
import { runCaptured } from '../childProcess.mjs';
import { failed, skipped } from './verdicts.mjs';

const NO_GO = 2;

// A slow machine is no failure: with cold caches and two cores a first test takes
// longer than Jest's five seconds. What hangs is ended all the same.
const TEST_TIMEOUT_MS = 30_000;

function verdictOf(results, exitCode) {
  const verdict = {
    passed: results.numPassedTests,
    // A file that cannot even be loaded fails as one test.
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
  };
  const unexplained = exitCode !== 0 && verdict.failed === 0;
  return unexplained || verdict.passed + verdict.failed === 0
    ? failed()
    : verdict;
}

function skippedTests(results) {
  return results.testResults.flatMap(file =>
    file.assertionResults
      .filter(test => test.status === 'pending' || test.status === 'todo')
      .map(test => `skipped: ${test.fullName}`),
  );
}

async function runJest({ log, environment }, name, args, env = {}) {
  const resultFile = inRepository(`.cache/test/${name}.json`);
  await fs.rm(resultFile, { force: true });
  const exitCode = await log.runNode(
    backstageCli(
      'repo',
      'test',
      '--watchAll=false',
      '--json',
      `--outputFile=${resultFile}`,
      `--testTimeout=${TEST_TIMEOUT_MS}`,
      ...args,
    ),
    { env: { BACKSTAGE_TEST_DISABLE_DOCKER: '1', ...environment, ...env } },
  );
  let results;
  try {
    results = JSON.parse(await fs.readFile(resultFile, 'utf8'));
  } catch (error) {
    log.append(`Jest left no results: ${error.message}\n`);
    return failed();
  }
  for (const line of skippedTests(results)) {
    log.append(`${line}\n`);
  }
  return verdictOf(results, exitCode);
}

/** Unit and integration tests of all packages, on SQLite and PostgreSQL. */
export const unit = {
  name: 'unit',
  needs: ['postgresql'],
  run: context =>
    runJest(context, 'unit', [
      '--testPathIgnorePatterns',
      '/node_modules/',
      '\\.apiserver\\.test\\.tsx?$',
    ]),
};

async function buildAssets(log) {
  const { exitCode, output } = await runCaptured(
    process.execPath,
    [inRepository('tools/kube-apiserver/build.mjs')],
    { onLine: line => log.append(`${line}\n`) },
  );
  const lines = output.trim().split('\n');
  return { exitCode, lastLine: lines[lines.length - 1] };
}

/** Tests against a real kube-apiserver, which is built when it is not there. */
export const apiserver = {
  name: 'apiserver',
  needs: ['postgresql'],
  async run(context) {
    const { exitCode, lastLine } = await buildAssets(context.log);
    if (exitCode === NO_GO) {
      return skipped(lastLine);
    }
    if (exitCode !== 0) {
      return failed();
    }
    return runJest(
      context,
      'apiserver',
      ['--testPathPatterns', '\\.apiserver\\.test\\.tsx?$'],
      { KUBEBUILDER_ASSETS: lastLine },
    );
  },
};
