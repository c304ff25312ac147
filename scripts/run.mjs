// node scripts/run.mjs FILE [arguments]
//
// Runs a TypeScript file of the repository as `backstage-cli` runs a backend,
// with the caller's current folder, so that relative paths among the arguments
// mean what they look like. Prints nothing of its own to standard output.

import { createRequire } from 'node:module';
import { runInPlace } from './lib/childProcess.mjs';
import { install } from './lib/install.mjs';
import { inRepository, isRunByYarn } from './lib/repository.mjs';
import {
  ensureSupportedNode,
  environmentWithNode,
} from './lib/supportedNode.mjs';
import { runMain, UserError } from './lib/UserError.mjs';

await runMain(async () => {
  const [file, ...args] = process.argv.slice(2);
  if (!file) {
    throw new UserError('Which file? node scripts/run.mjs FILE [arguments]');
  }
  await ensureSupportedNode(import.meta.url);
  if (!isRunByYarn()) {
    await install();
  }
  const transform = createRequire(import.meta.url).resolve(
    '@backstage/cli/config/nodeTransform.cjs',
  );
  return await runInPlace(
    process.execPath,
    [
      '--enable-source-maps',
      '--require',
      transform,
      inRepository(file),
      ...args,
    ],
    {
      cwd: process.env.INIT_CWD ?? process.cwd(),
      env: environmentWithNode(),
    },
  );
});
