import { z } from 'zod';

/** What the process with the clusters answers. */
export const fromClustersSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    /** Where each simulated cluster answers. */
    clusters: z.array(z.object({ name: z.string(), url: z.string() })),
  }),
  z.object({ type: z.literal('done') }),
]);

export type FromClusters = z.infer<typeof fromClustersSchema>;

export type ClusterAddress = Extract<
  FromClusters,
  { type: 'started' }
>['clusters'][number];

/** What the benchmark tells the process with the clusters. */
export type ToClusters =
  | { type: 'start'; clusters: number; token: string }
  /** So many objects in each cluster. */
  | { type: 'populate'; instances: number; migrations: number }
  /** So many moves over all clusters together. */
  | { type: 'move'; moves: number; inFlight: number; ahead: number }
  /** So many events have been read. */
  | { type: 'acknowledge'; events: number }
  | { type: 'stop' };
