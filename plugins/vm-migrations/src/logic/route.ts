import type { Migration, Place } from 'backstage-plugin-vm-migrations-common';
import type { Translate } from '../translations';

/** Titles of the sites by id; a site without a title is called by its id. */
export type SiteTitles = ReadonlyMap<string, string>;

/** Where from and where to; only `from` when both ends are the same. */
export interface RouteLine {
  from: string;
  to?: string;
}

/** A route in two lines, the larger places above the smaller ones. */
export interface Route {
  places: RouteLine;
  /** The cluster that both ends of the second line are in. */
  cluster?: string;
  nodes: RouteLine;
}

type RoutedMigration = Pick<
  Migration,
  'source' | 'target' | 'kind' | 'outcome'
>;

/**
 * Where a VM goes, as rows write it:
 *
 *     Solna → Luleå                                 Kista
 *     solna-1/worker-04 → lulea-1/worker-02         kista-1: worker-02 → worker-04
 *
 * A cluster without a site stands for itself. What is not known is said, never guessed.
 */
export function routeOf(
  migration: RoutedMigration,
  sites: SiteTitles,
  t: Translate,
): Route {
  const { source, target, kind } = migration;
  const from = placeName(source, sites, t);
  const to = placeName(target, sites, t);
  const places = from === to ? { from } : { from, to };
  return kind === 'cross-cluster'
    ? {
        places,
        nodes: {
          from: clusterAndNode(migration, 'source', t),
          to: clusterAndNode(migration, 'target', t),
        },
      }
    : {
        places,
        cluster: target.cluster ?? source.cluster,
        nodes: {
          from: source.node ?? missingNode(migration, 'source', t),
          to: target.node ?? missingNode(migration, 'target', t),
        },
      };
}

function placeName(place: Place, sites: SiteTitles, t: Translate): string {
  return place.datacenter !== undefined
    ? sites.get(place.datacenter) ?? place.datacenter
    : place.cluster ?? t('place.unknownCluster');
}

function clusterAndNode(
  migration: RoutedMigration,
  end: 'source' | 'target',
  t: Translate,
): string {
  const { cluster, node } = migration[end];
  if (cluster === undefined) {
    const unknown = t('place.unknownCluster');
    return node === undefined ? unknown : `${unknown}, ${node}`;
  }
  return node === undefined
    ? `${cluster}, ${missingNode(migration, end, t)}`
    : `${cluster}/${node}`;
}

function missingNode(
  migration: RoutedMigration,
  end: 'source' | 'target',
  t: Translate,
): string {
  if (end === 'source') {
    return t('place.nodeUnknown');
  }
  switch (migration.outcome) {
    case 'active':
      return t('place.nodeNotYet');
    case 'failed':
    case 'timed-out':
      return t('place.nodeNotFound');
    case 'cancelled':
      return t('place.nodeNotChosen');
    default:
      return t('place.nodeUnknown');
  }
}
