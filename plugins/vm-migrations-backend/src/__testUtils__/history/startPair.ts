import { History } from './History';
import { HistoryPair } from './HistoryPair';

/**
 * A VM on worker-1 of alpha, an instance on beta that waits to receive it, and the two
 * migrations that have just been created.
 */
export function startPair(options: { targetAhead?: number } = {}) {
  const history = new History();
  const alpha = history.cluster('alpha');
  const beta = history.cluster('beta', { ahead: options.targetAhead });
  const source = {
    cluster: alpha,
    instance: alpha.instance({ node: 'worker-1' }),
  };
  const target = {
    cluster: beta,
    instance: beta.instance({ node: undefined }),
  };
  const pair = new HistoryPair({ source, target });
  return { history, source, target, pair };
}
