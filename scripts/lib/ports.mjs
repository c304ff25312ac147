import net from 'node:net';
import { portOwner } from './portOwner.mjs';
import { UserError } from './UserError.mjs';

function listen(port, host) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address.port));
    });
  });
}

/** A TCP port of the loopback interface that is free at this moment. */
export function freePort() {
  return listen(0, '127.0.0.1');
}

// A listener on one address does not always keep another from the wildcard,
// so every address on which a browser may look for us is tried.
const ADDRESSES = ['127.0.0.1', '::1', '::'];

async function isTaken(port) {
  for (const address of ADDRESSES) {
    try {
      await listen(port, address);
    } catch (error) {
      if (error.code === 'EADDRINUSE') {
        return true;
      }
      // No IPv6 on this machine: then nobody listens there either.
      if (!['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(error.code)) {
        throw error;
      }
    }
  }
  return false;
}

/**
 * Refuses to go on when somebody listens on the port.
 *
 * @param use who needs it, and the configuration keys that name another port
 */
export async function assertPortFree(port, use) {
  if (!(await isTaken(port))) {
    return;
  }
  const owner = await portOwner(port);
  throw new UserError(
    `Port ${port}, which ${use.who} needs, is taken${
      owner ? ` by process ${owner.pid} (${owner.command})` : ''
    }. ${
      owner ? `Stop it (kill ${owner.pid})` : 'Stop whatever listens there'
    } or set another port in app-config.local.yaml: ${use.keys}.`,
  );
}
