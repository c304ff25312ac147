import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import { runCaptured } from './childProcess.mjs';
import { isNetworkFailure } from './network.mjs';
import { inRepository, yarnPath } from './repository.mjs';
import { step } from './steps.mjs';
import { environmentWithNode } from './supportedNode.mjs';
import { UserError } from './UserError.mjs';

/*
 * Yarn needs seconds to find out that nothing changed. A stamp beside the
 * installed packages holds a hash of everything that an install depends on,
 * which takes milliseconds to compare.
 */

const STAMP = inRepository('node_modules/.installed-from');
const LOG = inRepository('.toolchain/install.log');

async function packageFiles() {
  const files = ['package.json', '.yarnrc.yml', 'yarn.lock'];
  for (const folder of ['packages', 'plugins']) {
    for (const name of await fs.readdir(inRepository(folder))) {
      files.push(`${folder}/${name}/package.json`);
    }
  }
  return files;
}

async function readIfThere(file) {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      return undefined;
    }
    throw error;
  }
}

async function currentHash() {
  const hash = createHash('sha256');
  hash.update(`${process.platform}-${process.arch}`);
  for (const file of await packageFiles()) {
    hash.update(`\0${file}\0${(await readIfThere(inRepository(file))) ?? ''}`);
  }
  return hash.digest('hex');
}

/** Installs the dependencies, unless nothing changed since the last time. */
export async function install() {
  const hash = await currentHash();
  if ((await readIfThere(STAMP)) === hash) {
    return;
  }
  await step('Install dependencies with Yarn', async () => {
    await fs.rm(STAMP, { force: true });
    const { exitCode, output } = await runCaptured(
      process.execPath,
      [yarnPath, 'install', '--immutable'],
      {
        cwd: inRepository(),
        env: environmentWithNode(),
        onLine(line) {
          const phase = line.match(/┌ (\w+) step/)?.[1];
          if (phase) {
            console.error(`  ${phase.toLowerCase()} …`);
          }
        },
      },
    );
    await fs.mkdir(inRepository('.toolchain'), { recursive: true });
    await fs.writeFile(LOG, output);
    if (exitCode !== 0) {
      throw new UserError(
        isNetworkFailure(output)
          ? `The dependencies could not be installed: the npm registry does not answer. Check the network (and Yarn's npmRegistryServer and proxy settings) and start again; what was fetched so far is kept. Details: ${LOG}`
          : `The dependencies could not be installed. Yarn said (all of it: ${LOG}):\n${output
              .trim()
              .split('\n')
              .slice(-20)
              .join('\n')}`,
      );
    }
    await fs.writeFile(STAMP, hash);
  });
}
