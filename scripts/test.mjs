// npm test

import { backstageCli } from './lib/backstageCli.mjs';
import { runInPlace } from './lib/childProcess.mjs';
import { install } from './lib/install.mjs';
import { inRepository, isRunByYarn } from './lib/repository.mjs';
import { ensureSupportedNode } from './lib/supportedNode.mjs';
import { runMain } from './lib/UserError.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  if (!isRunByYarn()) {
    await ensureSupportedNode(import.meta.url);
    await install();
    args.push('--watchAll=false');
  }
  return await runInPlace(
    process.execPath,
    backstageCli('repo', 'test', ...args),
    { cwd: inRepository() },
  );
});
