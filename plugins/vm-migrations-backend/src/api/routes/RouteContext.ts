import type { MigrationReader } from '../../store/types';
import type { Clock } from '../../watch/types';
import type { ChangeFeed, ChangeNotifier } from '../changes';
import type { Authorizer } from '../permissions';

/** What the routes work with. */
export interface RouteContext {
  reader: MigrationReader;
  authorizer: Authorizer;
  feed: ChangeFeed;
  notifier: ChangeNotifier;
  clock: Clock;
  /** The clusters are simulated. */
  demo: boolean;
}
