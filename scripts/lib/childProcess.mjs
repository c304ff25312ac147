import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

// Development servers and databases end within two seconds; whoever needs
// longer than this hangs.
const KILL_AFTER_MS = 10_000;

/** The exit code as a shell reports it: 128 + signal number after a signal. */
function toExitCode(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0);
}

/**
 * Runs a program in our place: it has our terminal, gets the signals that we
 * get, and its exit code is returned.
 */
export function runInPlace(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    // A terminal sends SIGINT to both of us; a second one does no harm.
    const forward = signal => child.kill(signal);
    for (const signal of SIGNALS) {
      process.on(signal, forward);
    }
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of SIGNALS) {
        process.off(name, forward);
      }
      resolve(toExitCode(code, signal));
    });
  });
}

/**
 * Starts a program with everything that it starts itself in a process group
 * of its own, so that all of it can be ended: a grandchild that ignores its
 * parent's end would keep a port.
 *
 * @returns `child`, `exited` (the exit code) and `stop()`, which ends the
 * group, by force after ten seconds, and resolves when the program is gone.
 */
export function startGroup(command, args, options = {}) {
  const child = spawn(command, args, { detached: true, ...options });
  const signalGroup = signal => {
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') {
        throw error;
      }
    }
  };
  const exited = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(toExitCode(code, signal)));
  });
  const stop = async () => {
    if (child.pid === undefined) {
      return;
    }
    signalGroup('SIGTERM');
    const timer = setTimeout(() => signalGroup('SIGKILL'), KILL_AFTER_MS);
    await exited;
    clearTimeout(timer);
    signalGroup('SIGKILL');
  };
  return { child, exited, stop };
}

/**
 * Runs a program to its end and collects what it prints.
 *
 * @returns exit code and output; a program that cannot be started rejects
 */
export function runCaptured(command, args, { onLine, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
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
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({ exitCode: toExitCode(code, signal), output }),
    );
  });
}
