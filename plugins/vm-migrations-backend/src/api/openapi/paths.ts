import { directionSchema } from 'backstage-plugin-vm-migrations-common';
import { operationOf, type Operation, type Route } from './operation';
import {
  changesQuerySchema,
  eventsQuerySchema,
  migrationListQuerySchema,
  virtualMachineListQuerySchema,
} from './queries';

const migrationList = {
  tag: 'Migrations',
  query: migrationListQuerySchema,
  answer: 'MigrationList',
} as const satisfies Partial<Route>;

const CLUSTER = 'name of the cluster';
const NAMESPACE = 'name of the namespace';

/** Every route of the API, written once. All of them are reads. */
const routes: Record<string, Route> = {
  '/migrations': {
    ...migrationList,
    operationId: 'listMigrations',
    summary: 'All migrations, newest first',
  },
  '/migrations/active': {
    ...migrationList,
    operationId: 'listActiveMigrations',
    summary: 'Migrations that have not ended',
  },
  '/migrations/{reference}': {
    operationId: 'getMigration',
    tag: 'Migrations',
    summary: 'One migration',
    description:
      'Found by its id, by the uid of one of its VirtualMachineInstanceMigration objects, by `cluster/namespace/name` of one (slashes encoded), or by the bare name of one where no other migration had an object of that name.',
    path: { reference: 'id, uid, encoded cluster/namespace/name, or name' },
    answer: 'Migration',
    refusals: [404, 409],
  },
  '/migrations/{cluster}/{namespace}/{name}': {
    operationId: 'getMigrationByObject',
    tag: 'Migrations',
    summary: 'The migration that an object belongs to',
    description:
      'The newest one, if objects of that name were created again and again.',
    path: {
      cluster: CLUSTER,
      namespace: NAMESPACE,
      name: 'name of the VirtualMachineInstanceMigration',
    },
    answer: 'Migration',
    refusals: [404],
  },
  '/migrations/datacenter/{datacenter}': {
    ...migrationList,
    operationId: 'listMigrationsByDatacenter',
    summary: 'Migrations into, out of and within a site',
    path: { datacenter: 'id of the site' },
    refusals: [404],
  },
  '/migrations/cluster/{cluster}': {
    ...migrationList,
    operationId: 'listMigrationsByCluster',
    summary: 'Migrations into, out of and within a cluster',
    path: { cluster: CLUSTER },
    refusals: [404],
  },
  '/migrations/vm/{vm}': {
    ...migrationList,
    operationId: 'listMigrationsByVirtualMachine',
    summary: 'Migrations of all virtual machines of a name',
    description:
      'The direction is seen from where the machine stands after the move: `incoming` when it arrived there, `outgoing` while it is, or has stayed, where it came from.',
    path: { vm: 'name of the virtual machine; * stands for any characters' },
  },
  '/migrations/direction/{direction}': {
    ...migrationList,
    operationId: 'listMigrationsByDirection',
    summary: 'Migrations between clusters, or within one',
    description:
      'Seen from any cluster that is known here: `incoming` came into one from another cluster, `outgoing` left one for another cluster, `internal` stayed in its cluster. A move between two known clusters is both incoming and outgoing. For the direction as seen from one site or cluster use the filter `direction:incoming@SITE`.',
    path: { direction: directionSchema },
  },
  '/virtual-machines': {
    operationId: 'listVirtualMachines',
    tag: 'Virtual machines',
    summary: 'Virtual machines by cluster, namespace and name',
    query: virtualMachineListQuerySchema,
    answer: 'VirtualMachineList',
  },
  '/virtual-machines/{cluster}/{namespace}/{name}': {
    operationId: 'getVirtualMachine',
    tag: 'Virtual machines',
    summary: 'One virtual machine, with the move under way if there is one',
    path: {
      cluster: CLUSTER,
      namespace: NAMESPACE,
      name: 'name of the virtual machine',
    },
    answer: 'VirtualMachine',
    refusals: [404],
  },
  '/datacenters': {
    operationId: 'listDatacenters',
    tag: 'Sites and clusters',
    summary: 'Sites, with counts of what the caller may see',
    answer: 'DatacenterList',
  },
  '/clusters': {
    operationId: 'listClusters',
    tag: 'Sites and clusters',
    summary: 'Clusters and how well they are watched',
    description: 'Counts are of the whole cluster.',
    answer: 'ClusterList',
  },
  '/status': {
    operationId: 'getStatus',
    tag: 'Sites and clusters',
    summary: 'Totals over everything the caller may see',
    answer: 'Status',
  },
  '/changes': {
    operationId: 'getChanges',
    tag: 'Changes',
    summary: 'What changed after a position',
    description:
      'Records come in the order of their last change, as they are now: one that changed twice comes once. With `wait` the answer is held back until there is a change. Ask again with the position that was answered.',
    query: changesQuerySchema,
    answer: 'ChangesPage',
    refusals: [503],
  },
  '/events': {
    operationId: 'streamChanges',
    tag: 'Changes',
    summary: 'The same as server-sent events',
    description:
      'Event types are those of changes, and `reset`; data is the change. Ids are positions: a client that comes back with `Last-Event-ID` misses nothing.',
    query: eventsQuerySchema,
    headers: [
      {
        name: 'Last-Event-ID',
        in: 'header',
        required: false,
        description: 'id of the last event; wins over since',
        schema: { type: 'string' },
      },
    ],
    answer: {
      description: 'An endless stream of events.',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
    refusals: [503],
  },
  '/openapi.json': {
    operationId: 'getOpenApiDocument',
    tag: 'API',
    summary: 'This document',
    answer: {
      description: 'An OpenAPI document.',
      content: { 'application/json': { schema: { type: 'object' } } },
    },
  },
};

/** The paths of the OpenAPI document. */
export const paths: Record<string, { get: Operation }> = Object.fromEntries(
  Object.entries(routes).map(([path, route]) => [
    path,
    { get: operationOf(route) },
  ]),
);
