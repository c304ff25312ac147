export {
  ClusterOwnership,
  type ClusterOwnershipOptions,
} from './ClusterOwnership';
