import { yarnPath } from '../repository.mjs';
import { fromExitCodes } from './verdicts.mjs';

/** Production build of every package; it takes the types of the first lane. */
export const build = {
  name: 'build',
  needs: ['types'],
  after: ['types'],
  run: async ({ log }) =>
    fromExitCodes(await log.runNode([yarnPath, 'build:all'])),
};
