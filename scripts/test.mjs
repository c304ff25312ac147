// npm test [-- --only LANE,LANE …]
//
// Checks everything on a machine that has nothing but Node 20 or newer and
// npm, cheapest first, and closes with `N passed, N failed`. Run by yarn it is
// `backstage-cli repo test` and nothing else.

import { backstageCli } from './lib/backstageCli.mjs';
import { runInPlace } from './lib/childProcess.mjs';
import { install } from './lib/install.mjs';
import { build } from './lib/lanes/build.mjs';
import { chooseLanes } from './lib/lanes/chooseLanes.mjs';
import { apiserver, unit } from './lib/lanes/jestLanes.mjs';
import { postgresql } from './lib/lanes/postgresql.mjs';
import { runLanes } from './lib/lanes/runLanes.mjs';
import { scriptTests } from './lib/lanes/scriptTests.mjs';
import { smoke } from './lib/lanes/smoke.mjs';
import {
  config,
  dependencies,
  format,
  lint,
  types,
} from './lib/lanes/staticLanes.mjs';
import { closingLine } from './lib/lanes/verdicts.mjs';
import { inRepository, isRunByYarn } from './lib/repository.mjs';
import { formatDuration } from './lib/steps.mjs';
import { ensureSupportedNode } from './lib/supportedNode.mjs';
import { runMain } from './lib/UserError.mjs';

const LANES = [
  types,
  lint,
  format,
  config,
  dependencies,
  scriptTests,
  postgresql,
  unit,
  build,
  smoke,
  apiserver,
];

await runMain(async () => {
  const args = process.argv.slice(2);
  if (isRunByYarn()) {
    return await runInPlace(
      process.execPath,
      backstageCli('repo', 'test', ...args),
      { cwd: inRepository() },
    );
  }
  const lanes = chooseLanes(LANES, args);
  await ensureSupportedNode(import.meta.url);
  const started = performance.now();
  await install();
  const total = await runLanes(lanes, { strict: Boolean(process.env.CI) });
  console.log(`\nin ${formatDuration(performance.now() - started)}`);
  console.log(closingLine(total));
  return total.failed > 0 ? 1 : 0;
});
