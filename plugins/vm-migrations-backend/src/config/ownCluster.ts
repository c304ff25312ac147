import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { clusterName, configBoolean, configText } from './parseSection';
import type { ClusterAccess, ClusterCredentials } from './types';

export const ownClusterSchema = z.strictObject({
  name: clusterName,
  title: configText.optional(),
  url: configText.optional(),
  serviceAccountToken: configText.optional(),
  tokenFile: configText.optional(),
  clientCertificate: z
    .strictObject({
      certData: configText.optional(),
      certFile: configText.optional(),
      keyData: configText.optional(),
      keyFile: configText.optional(),
    })
    .optional(),
  caData: configText.optional(),
  caFile: configText.optional(),
  skipTLSVerify: configBoolean.optional(),
  kubeconfig: configText.optional(),
  context: configText.optional(),
  inCluster: configBoolean.optional(),
});

/** An entry of `vmMigrations.clusters`, types checked, meaning not yet. */
export type OwnCluster = z.infer<typeof ownClusterSchema>;

const CREDENTIAL_KEYS = [
  'serviceAccountToken',
  'tokenFile',
  'clientCertificate',
] as const;
const URL_KEYS = [
  ...CREDENTIAL_KEYS,
  'caData',
  'caFile',
  'skipTLSVerify',
] as const;

function exactlyOne(
  certificate: NonNullable<OwnCluster['clientCertificate']>,
  data: 'certData' | 'keyData',
  file: 'certFile' | 'keyFile',
  key: string,
): void {
  const given = [data, file].filter(name => certificate[name] !== undefined);
  if (given.length !== 1) {
    throw new InputError(
      `Invalid configuration: ${key}.clientCertificate must have either ${data} or ${file}${
        given.length ? ', not both' : ''
      }`,
    );
  }
}

function readCredentials(entry: OwnCluster, key: string): ClusterCredentials {
  const given = CREDENTIAL_KEYS.filter(name => entry[name] !== undefined);
  if (given.length > 1) {
    throw new InputError(
      `Invalid configuration: ${key} has both ${given.join(
        ' and ',
      )}; only one of them can be used`,
    );
  }
  const { serviceAccountToken, tokenFile, clientCertificate } = entry;
  if (serviceAccountToken !== undefined) {
    return { type: 'token', token: serviceAccountToken };
  }
  if (tokenFile !== undefined) {
    return { type: 'token-file', tokenFile };
  }
  if (clientCertificate !== undefined) {
    exactlyOne(clientCertificate, 'certData', 'certFile', key);
    exactlyOne(clientCertificate, 'keyData', 'keyFile', key);
    return { type: 'client-certificate', ...clientCertificate };
  }
  throw new InputError(
    `Invalid configuration: ${key} has a url but no credentials: give one of ${CREDENTIAL_KEYS.join(
      ', ',
    )}`,
  );
}

function readUrl(url: string, key: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (
    parsed === undefined ||
    !['https:', 'http:'].includes(parsed.protocol) ||
    parsed.username !== '' ||
    parsed.password !== '' ||
    parsed.search !== '' ||
    parsed.hash !== ''
  ) {
    // The value is not quoted: it may contain a password.
    throw new InputError(
      `Invalid configuration: ${key}.url must be the address of an API server, for example https://api.kista.example.net:6443, without user, query or fragment`,
    );
  }
  return url;
}

/**
 * How the cluster of an entry of `vmMigrations.clusters` is reached.
 *
 * @param key of the entry, for messages
 * @returns undefined when the entry names a cluster and says nothing more
 * @throws InputError when the entry contradicts itself or leaves something out
 */
export function readAccess(
  entry: OwnCluster,
  key: string,
): ClusterAccess | undefined {
  const { url, kubeconfig, context, inCluster, caData, caFile } = entry;
  const ways = [
    ...(url !== undefined ? ['url'] : []),
    ...(kubeconfig !== undefined ? ['kubeconfig'] : []),
    ...(inCluster ? ['inCluster'] : []),
  ];
  if (ways.length > 1) {
    throw new InputError(
      `Invalid configuration: ${key} has both ${ways.join(
        ' and ',
      )}; only one of them can be used`,
    );
  }
  const stray = [
    ...(url === undefined
      ? URL_KEYS.filter(name => entry[name] !== undefined)
      : []),
    ...(kubeconfig === undefined && context !== undefined ? ['context'] : []),
  ];
  if (stray.length > 0) {
    throw new InputError(
      `Invalid configuration: ${key}.${stray[0]} is of no use without ${
        stray[0] === 'context' ? 'kubeconfig' : 'url'
      }`,
    );
  }
  if (caData !== undefined && caFile !== undefined) {
    throw new InputError(
      `Invalid configuration: ${key} has both caData and caFile; only one of them can be used`,
    );
  }
  if (url !== undefined) {
    return {
      type: 'url',
      url: readUrl(url, key),
      credentials: readCredentials(entry, key),
      caData,
      caFile,
      skipTLSVerify: entry.skipTLSVerify ?? false,
    };
  }
  if (kubeconfig !== undefined) {
    return { type: 'kubeconfig', kubeconfig, context };
  }
  return inCluster ? { type: 'in-cluster' } : undefined;
}
