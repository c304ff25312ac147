/** A kubeconfig as kubectl and client libraries read it; JSON is valid YAML. */
export interface Kubeconfig {
  apiVersion: 'v1';
  kind: 'Config';
  clusters: {
    name: string;
    cluster: { server: string; 'insecure-skip-tls-verify': boolean };
  }[];
  users: { name: string; user: { token?: string } }[];
  contexts: { name: string; context: { cluster: string; user: string } }[];
  'current-context': string;
}

/** @param token - undefined where the cluster is open to everybody */
export function kubeconfigOf(
  name: string,
  url: string,
  user: string,
  token: string | undefined,
): Kubeconfig {
  const userName = `${user}@${name}`;
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name,
        // Client libraries refuse plain HTTP unless they are told to trust it.
        cluster: { server: url, 'insecure-skip-tls-verify': true },
      },
    ],
    users: [{ name: userName, user: token ? { token } : {} }],
    contexts: [{ name, context: { cluster: name, user: userName } }],
    'current-context': name,
  };
}

/** One kubeconfig with the contexts of all; that of the first is the current one. */
export function mergeKubeconfigs(
  configs: [Kubeconfig, ...Kubeconfig[]],
): Kubeconfig {
  const [first] = configs;
  return {
    ...first,
    clusters: configs.flatMap(config => config.clusters),
    users: configs.flatMap(config => config.users),
    contexts: configs.flatMap(config => config.contexts),
  };
}
