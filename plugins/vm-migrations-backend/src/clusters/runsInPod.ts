import { existsSync } from 'node:fs';

/** Whether this process has the service account of a pod. */
export function runsInPod(): boolean {
  return (
    process.env.KUBERNETES_SERVICE_HOST !== undefined &&
    existsSync('/var/run/secrets/kubernetes.io/serviceaccount/token')
  );
}
