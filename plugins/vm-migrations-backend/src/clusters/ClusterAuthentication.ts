import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterSource } from 'backstage-plugin-vm-migrations-node';
import { CredentialsError } from './CredentialsError';

/** What a request to a cluster needs beside its path. */
export interface RequestAuthentication {
  /** Base URL of the API server; may have a path. */
  server: URL;
  headers: Record<string, string>;
  tls: Pick<
    RequestOptions,
    'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'servername'
  >;
  proxyUrl?: string;
  /** Parts of the headers that no message may contain. */
  secrets: string[];
}

/**
 * Evens out what KubeConfig would refuse or forget: a context without a user loses the
 * certificate authority, and plain http (a proxy on this machine, a test) is refused
 * unless TLS verification is off, which means nothing there.
 */
function normalize(kubeConfig: KubeConfig): void {
  const context = kubeConfig.getContextObject(kubeConfig.getCurrentContext());
  const cluster = kubeConfig.getCurrentCluster();
  if (context === null || cluster === null) {
    throw new Error('the current context of the kubeconfig has no cluster');
  }
  if (kubeConfig.getCurrentUser() === null) {
    const user = { name: 'anonymous' };
    kubeConfig.users = [user];
    kubeConfig.contexts = [{ ...context, user: user.name }];
  }
  if (cluster.server.startsWith('http:')) {
    kubeConfig.clusters = [{ ...cluster, skipTLSVerify: true }];
  }
}

async function read(kubeConfig: KubeConfig): Promise<RequestAuthentication> {
  const headers: OutgoingHttpHeaders = {};
  const options: RequestOptions = { headers };
  await kubeConfig.applyToHTTPSOptions(options);
  if (options.auth) {
    headers.Authorization = `Basic ${Buffer.from(options.auth).toString(
      'base64',
    )}`;
  }
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster === null) {
    throw new Error('the current context of the kubeconfig has no cluster');
  }
  const { ca, cert, key, rejectUnauthorized, servername } = options;
  return {
    server: new URL(cluster.server),
    // Token files tend to end with a line feed.
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        String(value).trim(),
      ]),
    ),
    tls: { ca, cert, key, rejectUnauthorized, servername },
    proxyUrl: cluster.proxyUrl,
    secrets: [
      String(headers.Authorization ?? '')
        .replace(/^\w+ /, '')
        .trim(),
      options.auth?.split(':').slice(1).join(':') ?? '',
    ].filter(secret => secret !== ''),
  };
}

/**
 * The credentials of one cluster, as one KubeConfig holds them. They are asked for again
 * before every request, because exec plugins, OIDC and token files renew them by time;
 * what the server refuses is replaced by a new instance.
 */
export class ClusterAuthentication {
  readonly #kubeConfig: KubeConfig;
  #reading: Promise<RequestAuthentication> | undefined;

  private constructor(kubeConfig: KubeConfig) {
    this.#kubeConfig = kubeConfig;
  }

  /** @throws CredentialsError */
  static async create(source: ClusterSource): Promise<ClusterAuthentication> {
    try {
      const kubeConfig = await source.connect();
      normalize(kubeConfig);
      return new ClusterAuthentication(kubeConfig);
    } catch (error) {
      throw CredentialsError.from(error);
    }
  }

  /**
   * Requests that begin at the same time share one run of an exec plugin.
   *
   * @throws CredentialsError
   */
  async forRequest(): Promise<RequestAuthentication> {
    this.#reading ??= read(this.#kubeConfig)
      .catch(error => {
        throw CredentialsError.from(error);
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }
}
