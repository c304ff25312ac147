import type {
  ClusterState,
  ResourceHealth,
} from 'backstage-plugin-vm-migrations-common';
import { INSTANCES, MIGRATIONS, VIRTUAL_MACHINES } from '../kubevirt/resources';

export interface ClusterSight {
  state: ClusterState;
  /** What is wrong, in words; absent when all is well. */
  message?: string;
}

/**
 * How well a cluster is seen, from how each of its resources is being watched. Migrations
 * decide: without them nothing of the record is kept.
 */
export function clusterState(
  configured: boolean,
  resources: readonly ResourceHealth[],
): ClusterSight {
  if (!configured) {
    return {
      state: 'unconfigured',
      message: 'The cluster is no longer configured; its history is kept',
    };
  }
  const sights = [MIGRATIONS, VIRTUAL_MACHINES, INSTANCES].map(({ plural }) => {
    const health = resources.find(({ resource }) => resource === plural);
    return { plural, health, sight: sightOf(health) };
  });
  const message =
    sights
      .filter(({ sight }) => sight === 'lost')
      .map(({ plural, health }) => messageOf(plural, health))
      .join('; ') || undefined;
  const [migrations] = sights;
  if (migrations.sight === 'lost') {
    return { state: 'blind', message };
  }
  if (message !== undefined && migrations.sight === 'seen') {
    return { state: 'degraded', message };
  }
  return sights.every(({ sight }) => sight === 'seen')
    ? { state: 'live' }
    : { state: 'connecting', message };
}

type Sight = 'seen' | 'awaited' | 'lost';

/**
 * A watch that ends in order and connects again, as it does every few minutes, sees all
 * that happens meanwhile; so what counts is whether that succeeds.
 */
function sightOf(health: ResourceHealth | undefined): Sight {
  if (!health) {
    return 'awaited';
  }
  if (health.phase === 'watching') {
    return 'seen';
  }
  const failing =
    health.phase === 'backing-off' ||
    health.phase === 'stopped' ||
    health.consecutiveFailures > 0;
  if (failing) {
    return 'lost';
  }
  return health.resourceVersion === undefined ? 'awaited' : 'seen';
}

const NAMES: Record<string, string> = {
  [MIGRATIONS.plural]: 'Migrations',
  [VIRTUAL_MACHINES.plural]: 'Virtual machines',
  [INSTANCES.plural]: 'Virtual machine instances',
};

function messageOf(plural: string, health: ResourceHealth | undefined): string {
  const reason =
    health?.lastError ??
    (health?.phase === 'stopped' ? 'the watch was stopped' : health?.problem);
  return `${NAMES[plural]} are not seen${reason ? `: ${reason}` : ''}`;
}
