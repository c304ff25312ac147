import { inRepository } from './repository.mjs';

/** Arguments for Node that run Backstage's command line. */
export function backstageCli(...args) {
  return [
    inRepository('node_modules/@backstage/cli/bin/backstage-cli'),
    ...args,
  ];
}
