import { CustomErrorBase, isError } from '@backstage/errors';

const UNREACHABLE = new Set([
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const CLOSED = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
]);
const UNTRUSTED =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/;

function codeOf(error: unknown): string | undefined {
  if (!isError(error)) {
    return undefined;
  }
  return typeof error.code === 'string' ? error.code : codeOf(error.cause);
}

function inWords(error: unknown, server: URL): string {
  const code = codeOf(error) ?? '';
  if (code === 'ECONNREFUSED') {
    return `${server.host} refuses connections`;
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `The host name ${server.hostname} is not known (${code})`;
  }
  if (UNREACHABLE.has(code)) {
    return `${server.host} cannot be reached (${code})`;
  }
  if (CLOSED.has(code)) {
    return `${server.host} closed the connection`;
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT') {
    return `${server.host} does not answer`;
  }
  if (UNTRUSTED.test(code)) {
    return `The certificate of ${server.host} is not trusted (${code}): check its certificate authority in the configuration`;
  }
  return `The connection to ${server.host} failed: ${
    isError(error) ? error.message : String(error)
  }`;
}

/** No answer came from the cluster, or it broke off. */
export class ConnectionError extends CustomErrorBase {
  name = 'ConnectionError' as const;

  /** @param server whose address the message names */
  static from(error: unknown, server: URL): ConnectionError {
    return new ConnectionError(inWords(error, server));
  }
}
