import fs from 'node:fs/promises';
import { runCaptured } from './childProcess.mjs';

const LISTENING = '0A';

/** Inodes of the sockets that listen on a port, from the kernel's tables. */
async function listeningInodes(port) {
  const inodes = new Set();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const rows = (await fs.readFile(table, 'utf8').catch(() => '')).split('\n');
    for (const row of rows.slice(1)) {
      const [, local, , state, , , , , , inode] = row.trim().split(/\s+/);
      if (
        state === LISTENING &&
        Number.parseInt(local.split(':')[1], 16) === port
      ) {
        inodes.add(`socket:[${inode}]`);
      }
    }
  }
  return inodes;
}

async function holdsOneOf(pid, sockets) {
  const folder = `/proc/${pid}/fd`;
  // Processes of other users, and those that end meanwhile, cannot be read.
  for (const descriptor of await fs.readdir(folder).catch(() => [])) {
    const target = await fs.readlink(`${folder}/${descriptor}`).catch(() => '');
    if (sockets.has(target)) {
      return true;
    }
  }
  return false;
}

async function linuxOwner(port) {
  const sockets = await listeningInodes(port);
  if (sockets.size === 0) {
    return undefined;
  }
  for (const pid of await fs.readdir('/proc')) {
    if (/^\d+$/.test(pid) && (await holdsOneOf(pid, sockets))) {
      return Number(pid);
    }
  }
  return undefined;
}

async function lsofOwner(port) {
  const { output } = await runCaptured('lsof', [
    '-nP',
    '-t',
    `-iTCP:${port}`,
    '-sTCP:LISTEN',
  ]);
  const pid = Number.parseInt(output, 10);
  return Number.isNaN(pid) ? undefined : pid;
}

/**
 * The process that listens on a TCP port: pid and command line.
 * Undefined where that cannot be seen (another user's, another container's).
 */
export async function portOwner(port) {
  const find = process.platform === 'linux' ? linuxOwner : lsofOwner;
  try {
    const pid = await find(port);
    if (pid === undefined) {
      return undefined;
    }
    const { output } = await runCaptured('ps', ['-o', 'args=', '-p', pid]);
    return { pid, command: output.trim().slice(0, 100) };
  } catch (error) {
    if (error.code === 'ENOENT') {
      // No lsof or ps here: the message does without the owner.
      return undefined;
    }
    throw error;
  }
}
