import { History } from './History';
import type { MigrationOptions } from './HistoryMigration';

/** A VM on node-1 of the cluster alpha, and one migration of it that has just been created. */
export function startMove(options?: MigrationOptions) {
  const history = new History();
  const cluster = history.cluster('alpha');
  const instance = cluster.instance();
  const migration = cluster.migration(instance, options);
  return { history, cluster, instance, migration };
}
