import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterSource } from 'backstage-plugin-vm-migrations-node';
import type { Dispatcher } from 'undici';
import {
  ClusterAuthentication,
  type RequestAuthentication,
} from './ClusterAuthentication';
import { ConnectionError } from './ConnectionError';
import { createDispatcher, transportKey } from './createDispatcher';
import { KubernetesError } from './KubernetesError';

/**
 * One cluster's API server: its credentials and its connections. Credentials are
 * KubeConfig's business; the connections are ours, because KubeConfig opens a new one for
 * every request. They are kept as long as the TLS material stays the same. Credentials
 * that the server refuses are fetched anew, once per request, by whichever request is the
 * first to be refused.
 */

/** Enough for a Status; what a proxy sends beyond that nobody reads. */
const MAX_ERROR_BODY_BYTES = 64 * 1024;
/** API servers end their own requests after 60 s. */
const DEFAULT_TIMEOUT_MS = 60_000;

export interface ClusterConnectionOptions {
  source: ClusterSource;
  logger: LoggerService;
}

/** Options of one GET. */
export interface ClusterRequest {
  query?: Record<string, string>;
  /** Ends the request at any stage, the body included. */
  signal?: AbortSignal;
  /** Until the headers of the answer are there; the body may take as long as it wants. */
  timeoutMs?: number;
}

/** A successful answer. Its body must be read, or the request's signal aborted. */
export interface ClusterResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Fails with a ConnectionError when the connection breaks. */
  body: AsyncIterable<Uint8Array>;
}

function redact(text: string, secrets: string[]): string {
  return secrets.reduce(
    (redacted, secret) => redacted.replaceAll(secret, '[hidden]'),
    text,
  );
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_ERROR_BODY_BYTES) {
      break;
    }
  }
  return Buffer.concat(chunks).subarray(0, MAX_ERROR_BODY_BYTES).toString();
}

async function* withConnectionErrors(
  body: AsyncIterable<Uint8Array>,
  server: URL,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* body;
  } catch (error) {
    throw ConnectionError.from(error, server);
  }
}

function pathOf(server: URL, segments: readonly string[]): string {
  const prefix = server.pathname.replace(/\/+$/, '');
  return [prefix, ...segments.map(encodeURIComponent)].join('/');
}

/** Waits for what others may be waiting for as well, and so cannot be aborted itself. */
async function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (signal === undefined) {
    return promise;
  }
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) {
      onAbort();
    }
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

export class ClusterConnection {
  readonly #source: ClusterSource;
  readonly #logger: LoggerService;
  #authentication: Promise<ClusterAuthentication> | undefined;
  #transport: { key: string; dispatcher: Dispatcher } | undefined;
  #warned = false;

  private constructor(options: ClusterConnectionOptions) {
    this.#source = options.source;
    this.#logger = options.logger;
  }

  /** Connects to nothing yet: a cluster that is down is found out by the first request. */
  static create(options: ClusterConnectionOptions): ClusterConnection {
    return new ClusterConnection(options);
  }

  /** Name of the cluster. */
  get name(): string {
    return this.#source.name;
  }

  /**
   * GETs something.
   *
   * @param segments of the path below the address of the API server, not yet encoded
   * @throws KubernetesError when the server answers with anything but success
   * @throws CredentialsError when there are no credentials to ask with
   * @throws ConnectionError when there is no answer
   * @throws the signal's reason when it aborts before the headers are there
   */
  async request(
    segments: readonly string[],
    options: ClusterRequest = {},
  ): Promise<ClusterResponse> {
    const authentication = this.#currentAuthentication();
    try {
      return await this.#send(authentication, segments, options);
    } catch (error) {
      if (!(error instanceof KubernetesError) || error.status !== 401) {
        throw error;
      }
    }
    this.#forget(authentication);
    return this.#send(this.#currentAuthentication(), segments, options);
  }

  /** Breaks off everything that is under way. */
  async close(): Promise<void> {
    const dispatcher = this.#transport?.dispatcher;
    this.#transport = undefined;
    await dispatcher?.destroy();
  }

  #currentAuthentication(): Promise<ClusterAuthentication> {
    this.#authentication ??= ClusterAuthentication.create(this.#source);
    return this.#authentication;
  }

  /** The next request connects anew, unless another one has already made it so. */
  #forget(authentication: Promise<ClusterAuthentication>): void {
    if (this.#authentication === authentication) {
      this.#authentication = undefined;
    }
  }

  async #authenticate(
    authentication: Promise<ClusterAuthentication>,
    signal: AbortSignal | undefined,
  ): Promise<RequestAuthentication> {
    try {
      return await unlessAborted(
        authentication.then(current => current.forRequest()),
        signal,
      );
    } catch (error) {
      // Also when it takes too long: a plugin that hangs must not hold up every later try.
      this.#forget(authentication);
      throw error;
    }
  }

  async #send(
    authentication: Promise<ClusterAuthentication>,
    segments: readonly string[],
    { query, signal, timeoutMs = DEFAULT_TIMEOUT_MS }: ClusterRequest,
  ): Promise<ClusterResponse> {
    const request = await this.#authenticate(authentication, signal);
    const { server, headers, secrets } = request;
    let response: Dispatcher.ResponseData;
    try {
      response = await this.#dispatcher(request).request({
        method: 'GET',
        origin: server.origin,
        path: pathOf(server, segments),
        query,
        headers: {
          ...headers,
          accept: 'application/json',
          'user-agent': 'backstage-plugin-vm-migrations-backend',
        },
        signal,
        headersTimeout: timeoutMs,
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw ConnectionError.from(error, server);
    }
    const status = response.statusCode;
    const body = withConnectionErrors(response.body, server);
    if (status >= 200 && status < 300) {
      return { status, headers: response.headers, body };
    }
    const text = redact(await readText(body), secrets);
    if (status >= 300 && status < 400) {
      throw new KubernetesError(
        `${server.host} redirects (${status}), and redirects are not followed: the configuration must have the address of the API server itself`,
        { status },
      );
    }
    const retryAfter = response.headers['retry-after'];
    throw KubernetesError.fromResponse({
      status,
      body: text,
      retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
    });
  }

  #dispatcher(request: RequestAuthentication): Dispatcher {
    const key = transportKey(request);
    if (this.#transport?.key !== key) {
      // Watches that run on the former one go on until they end by themselves.
      void this.#transport?.dispatcher.close();
      this.#transport = { key, dispatcher: createDispatcher(request) };
      this.#warnOfUnverified(request);
    }
    return this.#transport.dispatcher;
  }

  #warnOfUnverified({ server, tls }: RequestAuthentication): void {
    const unverified =
      server.protocol === 'https:' && tls.rejectUnauthorized === false;
    if (unverified && !this.#warned) {
      this.#warned = true;
      this.#logger.warn(
        `The certificate of cluster '${this.name}' is not verified: anybody in between can read the credentials`,
      );
    }
  }
}
