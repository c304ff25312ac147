import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, whatever the current folder is. */
export const repositoryRoot = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** An absolute path inside the repository. */
export function inRepository(...segments) {
  return path.join(repositoryRoot, ...segments);
}

/** Yarn as it is committed: no other Yarn is ever needed. */
export const yarnPath = inRepository('.yarn/releases/yarn-4.13.0.cjs');

/** True where the calling command is `yarn …` and not `npm …`. */
export function isRunByYarn() {
  return (process.env.npm_config_user_agent ?? '').startsWith('yarn');
}
