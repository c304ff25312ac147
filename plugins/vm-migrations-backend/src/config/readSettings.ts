import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { DatacenterSource } from 'backstage-plugin-vm-migrations-node';
import { z } from 'zod';
import {
  readKubernetesClusters,
  type KubernetesCluster,
} from './kubernetesClusters';
import { ownClusterSchema, readAccess, type OwnCluster } from './ownCluster';
import { configNumber, configText, parseSection } from './parseSection';
import type { ClusterSettings, Settings } from './types';

/**
 * app-config → typed settings. Nothing is read from disk and nothing is connected here;
 * every mistake is an InputError that names its key, and no message contains a value that
 * may be secret.
 */

function degrees(limit: number) {
  return configNumber.pipe(
    z
      .number()
      .min(-limit, `must be between -${limit} and ${limit} degrees`)
      .max(limit, `must be between -${limit} and ${limit} degrees`),
  );
}

const settingsSchema = z.looseObject({
  clusters: z.array(ownClusterSchema).optional(),
  datacenters: z
    .array(
      z.strictObject({
        id: configText,
        title: configText.optional(),
        location: configText.optional(),
        coordinates: z
          .strictObject({ latitude: degrees(90), longitude: degrees(180) })
          .optional(),
        clusters: z.array(configText).default([]),
      }),
    )
    .default([]),
});

type DatacenterSettings = z.infer<typeof settingsSchema>['datacenters'][number];

/** What `readSettings` learns from its surroundings. */
export interface ReadSettingsOptions {
  logger: LoggerService;
  /** Whether this process runs in a pod and so has a service account. */
  insidePod: boolean;
}

function requireUnique(names: { name: string; key: string }[]): void {
  const first = new Map<string, string>();
  for (const { name, key } of names) {
    const other = first.get(name);
    if (other !== undefined) {
      throw new InputError(
        `Invalid configuration: ${key} '${name}' is already taken by ${other}`,
      );
    }
    first.set(name, key);
  }
}

function readOwnCluster(
  entry: OwnCluster,
  key: string,
  known: KubernetesCluster[],
): ClusterSettings {
  const { name, title } = entry;
  const access = readAccess(entry, key);
  if (access !== undefined) {
    return { name, title, access, key };
  }
  const cluster = known.find(candidate => candidate.name === name);
  if (cluster === undefined) {
    throw new InputError(
      `Invalid configuration: ${key} does not say how to reach cluster '${name}': give url, kubeconfig or inCluster, or the name of a cluster in kubernetes.clusterLocatorMethods`,
    );
  }
  if ('unsupported' in cluster) {
    throw new InputError(
      `Invalid configuration: ${key} takes cluster '${name}' from ${cluster.key}, which cannot be watched: ${cluster.unsupported}. Give url and credentials here`,
    );
  }
  return { ...cluster.settings, title: title ?? cluster.settings.title };
}

function chooseClusters(
  own: OwnCluster[] | undefined,
  known: KubernetesCluster[],
  logger: LoggerService,
): ClusterSettings[] {
  if (own !== undefined) {
    return own.map((entry, index) =>
      readOwnCluster(entry, `vmMigrations.clusters[${index}]`, known),
    );
  }
  return known.flatMap(cluster => {
    if ('settings' in cluster) {
      return [cluster.settings];
    }
    logger.warn(
      `Cluster '${cluster.name}' (${cluster.key}) is not watched: ${cluster.unsupported}. To watch it, list the clusters in vmMigrations.clusters, this one with credentials`,
    );
    return [];
  });
}

function readDatacenter(settings: DatacenterSettings): DatacenterSource {
  return { ...settings, title: settings.title ?? settings.id };
}

/**
 * Reads `vmMigrations`, and the clusters of `kubernetes` when `vmMigrations.clusters`
 * does not say which ones to watch.
 *
 * @param config the root of app-config
 * @throws InputError naming the key of the first mistake
 */
export function readSettings(
  config: Config,
  options: ReadSettingsOptions,
): Settings {
  const { clusters: own, datacenters } = parseSection(
    settingsSchema,
    'vmMigrations',
    config.getOptional('vmMigrations') ?? {},
  );
  const known = readKubernetesClusters(
    config.getOptional('kubernetes'),
    options,
  );
  const clusters = chooseClusters(own, known, options.logger);
  requireUnique(
    own === undefined
      ? clusters.map(({ name, key }) => ({ name, key: `${key}.name` }))
      : own.map(({ name }, index) => ({
          name,
          key: `vmMigrations.clusters[${index}].name`,
        })),
  );
  return { clusters, datacenters: datacenters.map(readDatacenter) };
}
