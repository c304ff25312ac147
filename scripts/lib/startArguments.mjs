import { UserError } from './UserError.mjs';

/**
 * Splits the arguments of `npm start`: `--kubeconfig FILE` and
 * `--context NAME …` are ours, the rest is for `backstage-cli repo start`.
 */
export function parseStartArguments(args) {
  const parsed = { kubeconfig: undefined, contexts: [], rest: [] };
  const queue = args.flatMap(arg => {
    const [, name, value] =
      arg.match(/^(--(?:kubeconfig|context))=(.*)$/) ?? [];
    return name ? [name, value] : [arg];
  });
  const isValue = () => queue.length > 0 && !queue[0].startsWith('-');
  while (queue.length > 0) {
    const arg = queue.shift();
    if (arg === '--kubeconfig') {
      if (!isValue()) {
        throw new UserError('--kubeconfig needs the path of a kubeconfig.');
      }
      parsed.kubeconfig = queue.shift();
    } else if (arg === '--context') {
      if (!isValue()) {
        throw new UserError('--context needs names of contexts.');
      }
      while (isValue()) {
        parsed.contexts.push(queue.shift());
      }
    } else {
      parsed.rest.push(arg);
    }
  }
  if (parsed.contexts.length > 0 && !parsed.kubeconfig) {
    throw new UserError(
      '--context needs --kubeconfig: npm start -- --kubeconfig FILE --context NAME',
    );
  }
  return parsed;
}
