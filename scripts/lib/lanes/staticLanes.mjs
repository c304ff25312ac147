import { backstageCli } from '../backstageCli.mjs';
import { inRepository, yarnPath } from '../repository.mjs';
import { duplicatedPackages } from './duplicatedPackages.mjs';
import { failed, fromExitCodes } from './verdicts.mjs';

/* Lanes that read the sources and run none of them: seconds each. */

export const types = {
  name: 'types',
  run: async ({ log }) =>
    fromExitCodes(
      await log.runNode([inRepository('node_modules/typescript/bin/tsc')]),
    ),
};

/** Packages by Backstage's rules and ours, the commands by ESLint's own. */
export const lint = {
  name: 'lint',
  run: async ({ log }) =>
    fromExitCodes(
      await log.runNode(backstageCli('repo', 'lint')),
      await log.runNode([
        inRepository('node_modules/eslint/bin/eslint.js'),
        '--ext',
        '.js,.mjs',
        'scripts',
        'tools',
      ]),
    ),
};

export const format = {
  name: 'format',
  run: async ({ log }) =>
    fromExitCodes(
      await log.runNode([
        inRepository('node_modules/prettier/bin-prettier.js'),
        '--check',
        '.',
      ]),
    ),
};

/** Both configurations against the schemas of all packages. */
export const config = {
  name: 'config',
  async run({ log }) {
    const check = (...flags) =>
      log.runNode(backstageCli('config:check', '--strict', ...flags));
    return fromExitCodes(
      await check('--config', 'app-config.yaml'),
      // Its secrets are variables of the environment, which is not here.
      await check(
        '--lax',
        '--config',
        'app-config.yaml',
        '--config',
        'app-config.production.yaml',
      ),
    );
  },
};

/**
 * Package files as Backstage wants them, nothing locked twice without need,
 * and each Backstage package once: two copies of one break at run time.
 */
export const dependencies = {
  name: 'dependencies',
  async run({ log }) {
    const verdict = fromExitCodes(
      await log.runNode(backstageCli('repo', 'fix', '--check', '--publish')),
      await log.runNode([yarnPath, 'dedupe', '--check']),
    );
    const duplicates = await duplicatedPackages();
    if (duplicates.length > 0) {
      log.append(
        `Backstage packages locked in several versions (see resolutions in package.json): ${duplicates.join(
          ', ',
        )}\n`,
      );
      return failed();
    }
    return verdict;
  },
};
