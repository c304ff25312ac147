import { spawn, type ChildProcess as Spawned } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';

/**
 * A program that runs in the background and dies with this process. What it prints goes
 * to a log file, whose end is part of the error when it exits too early.
 */
export class ChildProcess {
  readonly #child: Spawned;
  readonly #exited: Promise<void>;
  readonly #logFile: string;
  readonly #killOnExit = () => this.#child.kill('SIGKILL');

  private constructor(child: Spawned, logFile: string) {
    this.#child = child;
    this.#logFile = logFile;
    this.#exited = once(child, 'exit').then(() => {
      process.off('exit', this.#killOnExit);
    });
    process.on('exit', this.#killOnExit);
  }

  static async start(
    command: string,
    args: string[],
    logFile: string,
  ): Promise<ChildProcess> {
    const log = createWriteStream(logFile, { flags: 'a' });
    await once(log, 'open');
    const child = spawn(command, args, { stdio: ['ignore', log, log] });
    await once(child, 'spawn');
    log.close();
    return new ChildProcess(child, logFile);
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The last lines it printed. */
  async output(): Promise<string> {
    return (await readFile(this.#logFile, 'utf8')).slice(-2_000);
  }

  /** Sends the signal and does not wait for what it causes. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Sends the signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.running) {
      this.#child.kill(signal);
    }
    await this.#exited;
  }
}
