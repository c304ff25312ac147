import { KubeApiserver } from './KubeApiserver';

/**
 * `describe` for tests that need a real kube-apiserver: without one they are registered
 * as skipped, and the reason is printed.
 */
export function describeWithKubeApiserver(): jest.Describe {
  if (KubeApiserver.assets() === undefined) {
    process.stderr.write(
      'Skipped: tests against a real kube-apiserver. Set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and kubectl.\n',
    );
    return describe.skip;
  }
  return describe;
}
