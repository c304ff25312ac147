import fs from 'node:fs';
import { runCaptured } from '../childProcess.mjs';
import { inRepository } from '../repository.mjs';
import { environmentWithNode } from '../supportedNode.mjs';

const FOLDER = inRepository('.cache/test');
const SHOWN_LINES = 200;

/** The whole output of one lane, in a file under the git-ignored `.cache`. */
export class LaneLog {
  #file;
  #text = '';

  constructor(name) {
    this.#file = `${FOLDER}/${name}.log`;
    fs.mkdirSync(FOLDER, { recursive: true });
    fs.writeFileSync(this.#file, '');
  }

  get file() {
    return this.#file;
  }

  append(text) {
    this.#text += text;
    fs.appendFileSync(this.#file, text);
  }

  /** The end of the output, as it is shown when the lane fails. */
  tail() {
    return this.#text.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
  }

  /** Runs Node with the given arguments at the root and keeps what it prints. */
  async runNode(args, { env = {}, cwd = inRepository() } = {}) {
    this.append(`$ node ${args.join(' ')}\n`);
    const { exitCode } = await runCaptured(process.execPath, args, {
      cwd,
      env: { ...environmentWithNode(), NO_COLOR: '1', ...env },
      onLine: line => this.append(`${line}\n`),
    });
    if (exitCode !== 0) {
      this.append(`exit code ${exitCode}\n`);
    }
    return exitCode;
  }
}
