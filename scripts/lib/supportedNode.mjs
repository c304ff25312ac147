import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCaptured, runInPlace } from './childProcess.mjs';
import { isNetworkFailure } from './network.mjs';
import { inRepository } from './repository.mjs';
import { step } from './steps.mjs';
import { UserError } from './UserError.mjs';

/*
 * Backstage runs on Node 22 and 24. Where the running Node is neither, the
 * right one is fetched once: npm packages named node-<platform>-<arch> hold
 * the official build, and npm is there where Node is.
 */

const FETCHED_VERSION = '24.21.0';
// npm's own patience would leave a person without network waiting for minutes.
const NPM_RETRIES = ['--fetch-retries=1', '--fetch-retry-mintimeout=2000'];

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/** Node 22 from 22.19 on (the Kubernetes client needs it) and any Node 24. */
export function isSupportedNode(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return (major === 22 && minor >= 19) || major === 24;
}

async function runsAs(node, version) {
  try {
    const { exitCode, output } = await runCaptured(node, ['--version']);
    return exitCode === 0 && output.trim() === `v${version}`;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'EACCES') {
      return false;
    }
    throw error;
  }
}

async function unpackNode(version, platform, folder) {
  const spec = `node-${platform}@${version}`;
  const packed = await runCaptured(
    'npm',
    ['pack', spec, '--loglevel=error', ...NPM_RETRIES],
    { cwd: folder },
  );
  if (packed.exitCode !== 0) {
    throw new UserError(
      isNetworkFailure(packed.output)
        ? `Node ${version} could not be fetched: the npm registry does not answer. Check the network (and npm's registry and proxy settings), or install Node 22.19+ or 24 yourself, and start again.`
        : `Node ${version} could not be fetched (npm pack ${spec}). Install Node 22.19+ or 24 yourself and start again. npm said:\n${packed.output.trim()}`,
    );
  }
  const archive = (await fs.readdir(folder)).find(name =>
    name.endsWith('.tgz'),
  );
  const unpacked = await runCaptured('tar', ['-xzf', archive], { cwd: folder });
  if (unpacked.exitCode !== 0) {
    throw new UserError(
      `Node ${version} could not be unpacked: ${unpacked.output.trim()}`,
    );
  }
  await fs.rm(path.join(folder, archive));
}

/**
 * Path of a Node of exactly this version, fetched from the npm registry into
 * the git-ignored `.toolchain` if it is not there yet.
 */
export async function fetchNode(version = FETCHED_VERSION) {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform)) {
    throw new UserError(
      `Node ${process.versions.node} is too old or too new and there is no Node to fetch for ${platform}: install Node 22.19+ or 24 and start again.`,
    );
  }
  const home = inRepository('.toolchain', `node-${version}-${platform}`);
  const node = path.join(home, 'bin/node');
  if (await runsAs(node, version)) {
    return node;
  }
  await step(`Fetch Node ${version} from the npm registry`, async () => {
    await fs.mkdir(path.dirname(home), { recursive: true });
    const folder = await fs.mkdtemp(`${home}.`);
    try {
      await unpackNode(version, platform, folder);
      const unpacked = path.join(folder, 'package');
      if (!(await runsAs(path.join(unpacked, 'bin/node'), version))) {
        throw new UserError(
          `The fetched Node ${version} does not run on this machine: install Node 22.19+ or 24 yourself and start again.`,
        );
      }
      // What stands there does not run: an earlier try was interrupted.
      await fs.rm(home, { recursive: true, force: true });
      await fs.rename(unpacked, home);
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
    }
  });
  return node;
}

/** The running Node if it is supported, else the fetched one. */
export async function supportedNode() {
  return isSupportedNode(process.versions.node)
    ? process.execPath
    : fetchNode();
}

/**
 * Goes on only on a supported Node: on any other one the script is run again
 * with the fetched Node, and this process ends with its exit code.
 */
export async function ensureSupportedNode(scriptUrl) {
  const node = await supportedNode();
  if (node !== process.execPath) {
    const args = [fileURLToPath(scriptUrl), ...process.argv.slice(2)];
    process.exit(await runInPlace(node, args));
  }
}

/** Environment in which `node` is the running one, for tools that look it up. */
export function environmentWithNode(node = process.execPath) {
  return {
    ...process.env,
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
  };
}
