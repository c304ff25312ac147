/**
 * What is watched in every cluster: KubeVirt's storage version. Migrations come first,
 * because a cluster that shows only them is still worth watching.
 */
export const MIGRATIONS = {
  group: 'kubevirt.io',
  version: 'v1',
  plural: 'virtualmachineinstancemigrations',
} as const;

export const INSTANCES = {
  group: 'kubevirt.io',
  version: 'v1',
  plural: 'virtualmachineinstances',
} as const;

export const VIRTUAL_MACHINES = {
  group: 'kubevirt.io',
  version: 'v1',
  plural: 'virtualmachines',
} as const;

export const WATCHED_RESOURCES = [
  MIGRATIONS,
  INSTANCES,
  VIRTUAL_MACHINES,
] as const;

export type WatchedResource = (typeof WATCHED_RESOURCES)[number];
