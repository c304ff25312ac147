import type { Knex } from 'knex';
import { upsert } from './chunks';
import { isoTimeOf } from './columns';
import type { WatchPositionRow } from './rows';
import type { WatchPosition } from './types';

/** How far each resource of a cluster has been watched. */
export async function readPositions(
  knex: Knex,
  cluster: string,
): Promise<WatchPosition[]> {
  const rows = await knex<WatchPositionRow>('watch_positions')
    .select('*')
    .where({ cluster });
  return rows.map(row => ({
    cluster: row.cluster,
    resource: row.resource,
    resourceVersion: row.resource_version,
    observedAt: isoTimeOf(row.observed_at),
  }));
}

/** Of several positions of one resource the last one counts. */
export async function writePositions(
  trx: Knex.Transaction,
  positions: WatchPosition[],
): Promise<void> {
  const rows = new Map(
    positions.map(position => [
      `${position.resource} ${position.cluster}`,
      {
        cluster: position.cluster,
        resource: position.resource,
        resource_version: position.resourceVersion,
        observed_at: Date.parse(position.observedAt),
      },
    ]),
  );
  await upsert<WatchPositionRow, 'cluster' | 'resource'>({
    trx,
    table: 'watch_positions',
    key: ['cluster', 'resource'],
    rows: [...rows.values()],
  });
}
