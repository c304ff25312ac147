import {
  DEFAULT_MIGRATION_CONFIGURATION,
  type MigrationConfiguration,
} from './MigrationConfiguration';
import type { MigrationPolicy } from './MigrationPolicy';
import { RECORDED_TIMINGS, type Timings } from './Timings';

/** What is configured in one cluster. */
export interface KubeVirtSettings {
  migrations: MigrationConfiguration;
  policies: readonly MigrationPolicy[];
  timings: Timings;
  /** `host:port` of the cluster's synchronization controller. */
  synchronizationAddress: string;
}

export const DEFAULT_SETTINGS: KubeVirtSettings = {
  migrations: DEFAULT_MIGRATION_CONFIGURATION,
  policies: [],
  timings: RECORDED_TIMINGS,
  synchronizationAddress: '10.10.6.22:9185',
};

/** Numbers of virt-controller that nobody can configure. */
export const LIMITS = {
  /** Finished migrations kept per instance. */
  keptMigrations: 5,
  unschedulablePodMs: 5 * 60_000,
  pendingPodMs: 15 * 60_000,
  /** Wait after a failed evacuation, doubled with each further one. */
  firstBackOffMs: 20_000,
  /** After the end of copying the target has this long to report the guest. */
  targetDomainMs: 60_000,
} as const;
