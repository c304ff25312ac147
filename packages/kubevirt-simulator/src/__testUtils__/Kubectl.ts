import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Kubeconfig } from '../apiserver';

const run = promisify(execFile);

/** kubectl against one cluster, with a configuration and a cache of its own. */
export class Kubectl {
  readonly #program: string;
  readonly #folder: string;
  readonly #running: ChildProcess[] = [];

  private constructor(program: string, folder: string) {
    this.#program = program;
    this.#folder = folder;
  }

  /** @param assets - the folder with the program */
  static async create(
    assets: string,
    kubeconfig: Kubeconfig,
  ): Promise<Kubectl> {
    const folder = await mkdtemp(join(tmpdir(), 'kubectl-'));
    await writeFile(join(folder, 'config'), JSON.stringify(kubeconfig));
    return new Kubectl(join(assets, 'kubectl'), folder);
  }

  /**
   * @returns what it prints
   * @throws Error with what it prints on standard error when it fails
   */
  async run(...args: string[]): Promise<string> {
    const { stdout } = await run(this.#program, args, this.#options());
    return stdout.trim();
  }

  /** Writes an object or several into a file, for `-f`. */
  async file(name: string, ...objects: object[]): Promise<string> {
    const path = join(this.#folder, name);
    const documents = objects.map(object => JSON.stringify(object));
    await writeFile(path, documents.join('\n---\n'));
    return path;
  }

  /** Starts a command that goes on, such as a watch; its lines as they come. */
  lines(...args: string[]): AsyncIterator<string> {
    const child = spawn(this.#program, args, {
      ...this.#options(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#running.push(child);
    return createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  async dispose(): Promise<void> {
    for (const child of this.#running) child.kill();
    await rm(this.#folder, { recursive: true });
  }

  #options() {
    return {
      env: {
        KUBECONFIG: join(this.#folder, 'config'),
        KUBECACHEDIR: join(this.#folder, 'cache'),
        HOME: this.#folder,
      },
    };
  }
}
