import type { Clock } from '../clock';
import type { Random } from '../random';
import type { EventRecorder, KubeVirtObjects } from './access';
import type { MigrationFates } from './fate';
import type { GuestTransfers } from './handler';
import type { LauncherPods, NodePool } from './pods';
import type { KubeVirtSettings } from './settings';
import type { GroundTruth } from './truth';

/** What the controllers and handlers of one cluster share. */
export interface ClusterContext {
  readonly cluster: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: KubeVirtSettings;
  readonly objects: KubeVirtObjects;
  readonly events: EventRecorder;
  readonly nodes: NodePool;
  readonly pods: LauncherPods;
  readonly fates: MigrationFates;
  /** Shared with the clusters that guests travel to and from. */
  readonly transfers: GuestTransfers;
  readonly truth: GroundTruth;
}
