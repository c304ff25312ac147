import { createHash } from 'node:crypto';
import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import { ConnectionError } from './ConnectionError';
import type { RequestAuthentication } from './ClusterAuthentication';

/** A server that takes longer to accept a connection is as good as down. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Below the idle limits of common load balancers (60 s and more), as in client-go. */
const KEEP_ALIVE_MS = 30_000;

const PROXY_PROTOCOLS = ['http:', 'https:', 'socks5:', 'socks:'];

type Transport = Pick<RequestAuthentication, 'server' | 'tls' | 'proxyUrl'>;

/** Equal for two transports that can share connections. */
export function transportKey(transport: Transport): string {
  const { ca, cert, key, rejectUnauthorized, servername } = transport.tls;
  const parts = [
    transport.server.origin,
    transport.proxyUrl,
    ca,
    cert,
    key,
    rejectUnauthorized,
    servername,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The connections to one cluster. */
export function createDispatcher(transport: Transport): Dispatcher {
  const connect = {
    timeout: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  };
  const options = {
    // A quiet watch is not a broken one; whoever reads it knows when to worry.
    bodyTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // One watch is one connection: a slow reader of one does not hold up the others.
    allowH2: false,
  };
  if (transport.proxyUrl === undefined) {
    return new Agent({
      ...options,
      connect: { ...transport.tls, ...connect },
    });
  }
  const protocol = URL.canParse(transport.proxyUrl)
    ? new URL(transport.proxyUrl).protocol
    : '';
  if (!PROXY_PROTOCOLS.includes(protocol)) {
    throw new ConnectionError(
      `The proxy-url of ${
        transport.server.host
      } must begin with one of ${PROXY_PROTOCOLS.map(name => `${name}//`).join(
        ', ',
      )}`,
    );
  }
  return new ProxyAgent({
    ...options,
    uri: transport.proxyUrl,
    requestTls: { ...transport.tls, ...connect },
    connect,
  });
}
