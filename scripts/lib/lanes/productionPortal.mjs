import fs from 'node:fs/promises';
import path from 'node:path';
import { runCaptured, startGroup } from '../childProcess.mjs';
import { inRepository, yarnPath } from '../repository.mjs';

/*
 * The built backend as it is deployed: its two archives, the lockfile and a
 * production install in a folder of its own, where nothing of the repository's
 * sources and development packages is in reach.
 */

const COPIED = [
  'package.json',
  'yarn.lock',
  '.yarnrc.yml',
  '.yarn/releases',
  'backstage.json',
  'app-config.yaml',
  'app-config.production.yaml',
];

async function unpack(archive, folder, log) {
  const file = inRepository('packages/backend/dist', archive);
  const { exitCode, output } = await runCaptured('tar', [
    '-xzf',
    file,
    '-C',
    folder,
  ]);
  log.append(output);
  if (exitCode !== 0) {
    throw new Error(`${file} cannot be unpacked: yarn build:all makes it.`);
  }
}

/** Lays the portal out in an empty folder. */
export async function installProductionPortal(folder, log) {
  for (const name of COPIED) {
    await fs.cp(inRepository(name), path.join(folder, name), {
      recursive: true,
    });
  }
  await unpack('skeleton.tar.gz', folder, log);
  const exitCode = await log.runNode(
    [yarnPath, 'workspaces', 'focus', '--all', '--production'],
    { cwd: folder },
  );
  if (exitCode !== 0) {
    throw new Error('The production install failed.');
  }
  await unpack('bundle.tar.gz', folder, log);
}

/** Starts the portal with the production configuration and one file more. */
export function startProductionPortal(folder, node, configFile, log) {
  const portal = startGroup(
    node,
    [
      'packages/backend',
      ...['app-config.yaml', 'app-config.production.yaml', configFile].flatMap(
        file => ['--config', file],
      ),
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  for (const stream of [portal.child.stdout, portal.child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', chunk => log.append(chunk));
  }
  return portal;
}
