import type { KubeVirtSettings, MigrationPolicy, Timings } from '../kubevirt';
import { DEFAULT_MIGRATION_CONFIGURATION, DEFAULT_SETTINGS } from '../kubevirt';

/** Slow enough to be followed by eye. */
const DEMO_TIMINGS: Timings = {
  reconcile: [5, 60],
  podScheduling: [300, 1_500],
  podStart: [2_000, 8_000],
  guestStart: [2_000, 5_000],
  targetPreparation: [800, 2_500],
  copyStart: [400, 1_500],
  copy: [15_000, 60_000],
  completionReport: [100, 600],
  abort: [500, 2_000],
  shutdown: [1_000, 4_000],
  podCleanup: [1_000, 4_000],
  synchronization: [60, 700],
  heartbeat: [60_000, 120_000],
};

const DEMO_POLICIES: readonly MigrationPolicy[] = [
  {
    name: 'payments-careful',
    namespaceSelector: { 'kubernetes.io/metadata.name': 'payments' },
    configuration: { bandwidthPerMigration: '256Mi', allowAutoConverge: true },
  },
  {
    name: 'analytics-post-copy',
    virtualMachineInstanceSelector: { 'example.com/team': 'team-data' },
    configuration: { allowPostCopy: true, allowWorkloadDisruption: true },
  },
];

/** Of every cluster of the demo. */
export const DEMO_SETTINGS: Omit<KubeVirtSettings, 'synchronizationAddress'> = {
  ...DEFAULT_SETTINGS,
  migrations: {
    ...DEFAULT_MIGRATION_CONFIGURATION,
    bandwidthPerMigration: '1Gi',
  },
  timings: DEMO_TIMINGS,
  policies: DEMO_POLICIES,
};
