export { ALL_RULES, AccessControl } from './AccessControl';
export type { PolicyRule, User } from './AccessControl';
export { ApiServer } from './ApiServer';
export type { ApiServerOptions } from './ApiServer';
export { bootstrapCluster } from './bootstrapCluster';
export { mergeKubeconfigs } from './kubeconfig';
export type { Kubeconfig } from './kubeconfig';
export { ensureNamespace } from './namespaces';
export type {
  PathRequest,
  RequestInfo,
  ResourceRequest,
  ResourceVerb,
} from './RequestInfo';
