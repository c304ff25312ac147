import { InputError } from '@backstage/errors';
import { KubeConfig, type User } from '@kubernetes/client-node';
import type { ClusterSource } from 'backstage-plugin-vm-migrations-node';
import type {
  ClusterAccess,
  ClusterCredentials,
  ClusterSettings,
} from '../config';
import { requireReadable } from './readableFile';
import { readKubeconfig } from './readKubeconfig';
import { runsInPod } from './runsInPod';

function requirePem(data: string | undefined, key: string): void {
  if (
    data !== undefined &&
    !Buffer.from(data, 'base64').toString('latin1').includes('-----BEGIN ')
  ) {
    throw new InputError(
      `Invalid configuration: ${key} must be PEM, encoded as base64`,
    );
  }
}

async function userOf(
  credentials: ClusterCredentials,
  name: string,
  key: string,
): Promise<User> {
  if (credentials.type === 'token') {
    return { name, token: credentials.token };
  }
  if (credentials.type === 'token-file') {
    const { tokenFile } = credentials;
    await requireReadable(tokenFile, `${key}.tokenFile`);
    // KubeConfig reads the file again once a minute.
    return { name, authProvider: { name: 'tokenFile', config: { tokenFile } } };
  }
  if (credentials.type === 'client-certificate') {
    const { certData, certFile, keyData, keyFile } = credentials;
    requirePem(certData, `${key}.clientCertificate.certData`);
    requirePem(keyData, `${key}.clientCertificate.keyData`);
    if (certFile !== undefined) {
      await requireReadable(certFile, `${key}.clientCertificate.certFile`);
    }
    if (keyFile !== undefined) {
      await requireReadable(keyFile, `${key}.clientCertificate.keyFile`);
    }
    return { name, certData, certFile, keyData, keyFile };
  }
  return { name };
}

async function fromUrl(
  access: Extract<ClusterAccess, { type: 'url' }>,
  { name, key }: ClusterSettings,
): Promise<KubeConfig> {
  const { url, caData, caFile, skipTLSVerify } = access;
  requirePem(caData, `${key}.caData`);
  if (caFile !== undefined) {
    await requireReadable(caFile, `${key}.caFile`);
  }
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    { name, server: url, caData, caFile, skipTLSVerify },
    await userOf(access.credentials, name, key),
  );
  return kubeConfig;
}

async function connect(settings: ClusterSettings): Promise<KubeConfig> {
  const { access, key } = settings;
  switch (access.type) {
    case 'url':
      return fromUrl(access, settings);
    case 'kubeconfig':
      return readKubeconfig({ ...access, key });
    case 'in-cluster': {
      if (!runsInPod()) {
        throw new InputError(
          `Invalid configuration: ${key}.inCluster is set, but this backend runs in no pod with a service account`,
        );
      }
      const kubeConfig = new KubeConfig();
      kubeConfig.loadFromCluster();
      return kubeConfig;
    }
    default: {
      const unknown: never = access;
      throw new Error(`Unknown access ${String(unknown)}`);
    }
  }
}

/**
 * A configured cluster, ready to be connected to. The files that its entry names are read
 * once here, so that a mistake shows at the start, and again at every `connect`, so that
 * renewed ones are picked up. The cluster itself is not contacted.
 *
 * @throws InputError naming the key of an unreadable file, a missing context and the like
 */
export async function createClusterSource(
  settings: ClusterSettings,
): Promise<ClusterSource> {
  await connect(settings);
  const { name, title } = settings;
  return { name, title, connect: () => connect(settings) };
}
