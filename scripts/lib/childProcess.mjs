import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { onStopRequest } from './stopRequest.mjs';

// Development servers and databases end within two seconds; whoever needs
// longer than this hangs.
const KILL_AFTER_MS = 10_000;

/** The exit code as a shell reports it: 128 + signal number after a signal. */
function toExitCode(code, signal) {
  return code ?? 128 + constants.signals[signal];
}

function exitOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(toExitCode(code, signal)));
  });
}

/**
 * Runs a program in our place: it has our terminal, gets the signals that we
 * get, and its exit code is returned.
 */
export async function runInPlace(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  // A terminal sends SIGINT to both of us; a second one does no harm.
  const forgetStop = onStopRequest(signal => child.kill(signal));
  try {
    return await exitOf(child);
  } finally {
    forgetStop();
  }
}

/*
 * Everything else is started as a process group of its own, so that all of it
 * can be ended: a grandchild that outlives its parent would keep a port. When
 * this process is asked to stop, it ends the groups that run and then itself.
 */
const groups = new Set();
let forgetStop;

async function stopEverything(signal) {
  await Promise.all([...groups].map(stop => stop()));
  process.exit(128 + constants.signals[signal]);
}

function register(stop) {
  groups.add(stop);
  forgetStop ??= onStopRequest(stopEverything);
}

function unregister(stop) {
  groups.delete(stop);
  if (groups.size === 0) {
    forgetStop?.();
    forgetStop = undefined;
  }
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // Gone already; EPERM is what macOS says of a group of zombies.
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') {
      throw error;
    }
  }
}

/**
 * Starts a program with all that it will start.
 *
 * @returns `child`; `exited`, the exit code of the program; `stop()`, which
 *   ends the group, by force after ten seconds, and resolves when it is gone
 */
export function startGroup(command, args, options = {}) {
  const child = spawn(command, args, { detached: true, ...options });
  const exited = exitOf(child);
  const stop = async () => {
    signalGroup(child, 'SIGTERM');
    const timer = setTimeout(signalGroup, KILL_AFTER_MS, child, 'SIGKILL');
    await exited;
    clearTimeout(timer);
    signalGroup(child, 'SIGKILL');
  };
  if (child.pid !== undefined) {
    register(stop);
    child.once('exit', () => unregister(stop));
  }
  return { child, exited, stop };
}

/**
 * Runs a program to its end and collects what it prints.
 *
 * @returns exit code and output; a program that cannot be started rejects
 */
export async function runCaptured(command, args, { onLine, ...options } = {}) {
  const { child, exited } = startGroup(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  let output = '';
  let rest = '';
  const collect = chunk => {
    output += chunk;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      onLine?.(line);
    }
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', collect);
  }
  const closed = new Promise(resolve => {
    child.once('close', resolve);
  });
  const exitCode = await exited;
  await closed;
  return { exitCode, output };
}
