const NETWORK_FAILURES =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|getaddrinfo|socket hang up|network timeout)\b/;

/** Whether a package manager's output says that the registry is out of reach. */
export function isNetworkFailure(output) {
  return NETWORK_FAILURES.test(output);
}
