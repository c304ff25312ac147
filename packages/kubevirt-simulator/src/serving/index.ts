export { ServedClusters } from './ServedClusters';
export type { ServedCluster, ServedClustersOptions } from './ServedClusters';
