export { ClusterConnection } from './ClusterConnection';
export type {
  ClusterConnectionOptions,
  ClusterRequest,
  ClusterResponse,
} from './ClusterConnection';
export { ConnectionError } from './ConnectionError';
export { createClusterSource } from './createClusterSource';
export { CredentialsError } from './CredentialsError';
export { KubernetesError } from './KubernetesError';
export { runsInPod } from './runsInPod';
