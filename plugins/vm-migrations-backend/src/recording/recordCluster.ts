import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ResourceHealth } from 'backstage-plugin-vm-migrations-common';
import type { ClusterSource } from 'backstage-plugin-vm-migrations-node';
import { ClusterConnection } from '../clusters';
import { WATCHED_RESOURCES } from '../kubevirt';
import type { WatchPosition } from '../store/types';
import { Reflector, type Clock, type ReflectorOptions } from '../watch';
import type { GroupCommitWriter } from './GroupCommitWriter';
import { HealthReporter } from './HealthReporter';
import { RecordingSink } from './RecordingSink';

/*
 * The write path of one cluster: three reflectors, their sinks, one writer shared with all
 * other clusters. It runs as long as this replica holds the cluster and begins where the
 * last holder stopped.
 */

export interface RecordClusterOptions {
  source: ClusterSource;
  /** How far the last holder came. */
  positions: WatchPosition[];
  saveHealth(resources: ResourceHealth[]): Promise<void>;
  writer: GroupCommitWriter;
  clock: Clock;
  logger: LoggerService;
  /** Shared by all clusters: bounds how many list pages are held at once. */
  listSlots: ReflectorOptions['listSlots'];
  random: ReflectorOptions['random'];
}

/** Records a cluster under a fencing counter until the signal aborts. */
export async function recordCluster(
  options: RecordClusterOptions,
  fence: number,
  signal: AbortSignal,
): Promise<void> {
  const { source, writer, clock, random, listSlots } = options;
  const cluster = source.name;
  const logger = options.logger.child({ cluster });
  const positions = new Map(
    options.positions.map(position => [position.resource, position]),
  );
  const reporter = new HealthReporter({
    clock,
    logger,
    save: options.saveHealth,
  });
  const connection = ClusterConnection.create({ source, logger });
  const submit = writer.open(cluster, fence);
  try {
    await Promise.all([
      reporter.run(signal),
      ...WATCHED_RESOURCES.map(resource => {
        const position = positions.get(resource.plural);
        const child = logger.child({ resource: resource.plural });
        return new Reflector({
          connection,
          resource,
          resumeFrom: position?.resourceVersion,
          clock,
          random,
          listSlots,
          logger: child,
          sink: new RecordingSink({
            cluster,
            resource,
            clock,
            logger: child,
            knownUntil: position?.observedAt,
            submit,
            onHealth: health => reporter.report(health),
          }),
        }).run(signal);
      }),
    ]);
  } finally {
    writer.close(cluster);
    await connection.close();
  }
}
