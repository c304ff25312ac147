import { z } from 'zod';
import {
  clusterName,
  configBoolean,
  configText,
  parseSection,
} from './parseSection';
import type { ClusterCredentials, ClusterSettings } from './types';

/**
 * The clusters that the kubernetes plugin is configured with. That plugin exports no way
 * to ask for them, so the same configuration is read once more, and only what is needed
 * here: everything else in it is the other plugin's to judge.
 */

/** A cluster that the kubernetes plugin knows, or why it cannot be watched. */
export type KubernetesCluster =
  | { name: string; settings: ClusterSettings }
  | { name: string; key: string; unsupported: string };

const AUTH_PROVIDER = 'kubernetes.io/auth-provider';
const SERVICE_ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

const clusterSchema = z.looseObject({
  name: configText,
  title: configText.optional(),
  url: configText,
  authProvider: configText.optional(),
  authMetadata: z.record(z.string(), z.string()).optional(),
  serviceAccountToken: configText.optional(),
  caData: configText.optional(),
  caFile: configText.optional(),
  skipTLSVerify: configBoolean.optional(),
});

const kubernetesSchema = z.looseObject({
  clusterLocatorMethods: z
    .array(
      z.looseObject({ type: configText, clusters: z.unknown().optional() }),
    )
    .default([]),
});

function credentialsOf(
  authProvider: string | undefined,
  token: string | undefined,
): ClusterCredentials | undefined {
  if (authProvider === 'localKubectlProxy') {
    return { type: 'none' };
  }
  if (authProvider === 'serviceAccount') {
    return token === undefined
      ? { type: 'token-file', tokenFile: `${SERVICE_ACCOUNT_FOLDER}/token` }
      : { type: 'token', token };
  }
  return undefined;
}

function readCluster(
  cluster: z.infer<typeof clusterSchema>,
  key: string,
  insidePod: boolean,
): KubernetesCluster {
  const { name, title, url, authMetadata, caData } = cluster;
  if (!clusterName.safeParse(name).success) {
    return { name, key, unsupported: "its name contains '/'" };
  }
  const authProvider = authMetadata?.[AUTH_PROVIDER] ?? cluster.authProvider;
  const credentials = credentialsOf(
    authProvider,
    authMetadata?.serviceAccountToken ?? cluster.serviceAccountToken,
  );
  if (credentials === undefined) {
    return {
      name,
      key,
      unsupported: `auth provider '${
        authProvider ?? 'none'
      }' gives this backend no credentials of its own`,
    };
  }
  const ofPod = credentials.type === 'token-file';
  if (ofPod && !insidePod) {
    return {
      name,
      key,
      unsupported:
        'it has no serviceAccountToken, and this backend runs in no pod whose service account it could use',
    };
  }
  const caFile =
    cluster.caFile ??
    (ofPod && caData === undefined
      ? `${SERVICE_ACCOUNT_FOLDER}/ca.crt`
      : undefined);
  return {
    name,
    settings: {
      name,
      title,
      key,
      access: {
        type: 'url',
        url,
        credentials,
        caData,
        caFile,
        skipTLSVerify: cluster.skipTLSVerify ?? false,
      },
    },
  };
}

/**
 * Reads `kubernetes.clusterLocatorMethods` of type `config`.
 *
 * @param kubernetes the section as it stands in app-config; may be absent
 * @param options.insidePod whether this process has the service account of a pod
 * @throws InputError naming the key of a cluster without name or url
 */
export function readKubernetesClusters(
  kubernetes: unknown,
  options: { insidePod: boolean },
): KubernetesCluster[] {
  const { clusterLocatorMethods } = parseSection(
    kubernetesSchema,
    'kubernetes',
    kubernetes ?? {},
  );
  return clusterLocatorMethods.flatMap((method, index) => {
    if (method.type !== 'config') {
      return [];
    }
    const section = `kubernetes.clusterLocatorMethods[${index}].clusters`;
    const clusters = parseSection(
      z.array(clusterSchema),
      section,
      method.clusters ?? [],
    );
    return clusters.map((cluster, position) =>
      readCluster(cluster, `${section}[${position}]`, options.insidePod),
    );
  });
}
