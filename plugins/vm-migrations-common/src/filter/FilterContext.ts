import { matchesPattern } from './matchesPattern';

/**
 * What a filter needs to know besides the record: records name clusters, and sites are
 * made of clusters.
 *
 * @public
 */
export interface FilterContext {
  /** Names of the clusters in a site; the id may hold `*`. */
  clustersOf(datacenter: string): string[];
}

/**
 * The context of these sites.
 *
 * @public
 */
export function createFilterContext(
  datacenters: readonly { id: string; clusters: readonly string[] }[],
): FilterContext {
  return {
    clustersOf(datacenter) {
      return datacenters
        .filter(({ id }) => matchesPattern(datacenter, id))
        .flatMap(({ clusters }) => clusters);
    },
  };
}
