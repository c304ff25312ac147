import { z } from 'zod';
import { isoTimeSchema } from './isoTime';

/**
 * How one resource of one cluster is being watched.
 *
 * @public
 */
export const resourceHealthSchema = z.object({
  resource: z
    .string()
    .describe('plural name, for example virtualmachineinstancemigrations'),
  phase: z.enum([
    'connecting',
    'listing',
    'watching',
    'backing-off',
    'stopped',
  ]),
  since: isoTimeSchema,
  resourceVersion: z
    .string()
    .optional()
    .describe('the position up to which everything is in the record'),
  lastEventAt: isoTimeSchema.optional(),
  lastListAt: isoTimeSchema.optional(),
  problem: z
    .enum([
      'unreachable',
      'unauthorized',
      'forbidden',
      'absent',
      'throttled',
      'server-error',
      'protocol',
    ])
    .optional(),
  lastError: z.string().optional().describe('the problem in words'),
  consecutiveFailures: z.number().int(),
});

/** @public */
export type ResourceHealth = z.infer<typeof resourceHealthSchema>;

/**
 * - `live`: every resource is listed and watched
 * - `connecting`: first contact is under way
 * - `degraded`: migrations are seen, something else is not
 * - `blind`: migrations are not seen
 * - `unconfigured`: no longer configured; its history stays
 *
 * @public
 */
export const clusterStateSchema = z.enum([
  'live',
  'connecting',
  'degraded',
  'blind',
  'unconfigured',
]);

/** @public */
export type ClusterState = z.infer<typeof clusterStateSchema>;

/** A watched cluster and how well it is seen. @public */
export const clusterSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  datacenter: z.string().optional(),
  state: clusterStateSchema,
  lastEventAt: isoTimeSchema.optional(),
  blindSince: isoTimeSchema.optional(),
  message: z
    .string()
    .optional()
    .describe('what is wrong, in words; absent when all is well'),
  resources: z.array(resourceHealthSchema),
  virtualMachines: z.number().int(),
  activeMigrations: z.number().int(),
  revision: z.number().int(),
});

/** @public */
export type Cluster = z.infer<typeof clusterSchema>;

/** Degrees, positive to the north and to the east. @public */
export const coordinatesSchema = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

/** @public */
export type Coordinates = z.infer<typeof coordinatesSchema>;

/** A site with its clusters. @public */
export const datacenterSchema = z.object({
  id: z.string(),
  title: z.string(),
  location: z.string().optional(),
  coordinates: coordinatesSchema.optional(),
  clusters: z.array(z.string()),
  virtualMachines: z.number().int(),
  migrations: z
    .object({
      incoming: z.number().int(),
      outgoing: z.number().int(),
      internal: z.number().int(),
    })
    .describe('active moves, as seen from the site'),
});

/** @public */
export type Datacenter = z.infer<typeof datacenterSchema>;
