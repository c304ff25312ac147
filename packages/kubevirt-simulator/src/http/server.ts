import type { Server } from 'node:http';

/**
 * Opens the port.
 *
 * @param port - 0 for a free one
 * @returns the origin, `http://host:port`
 * @throws Error of node:net, for instance EADDRINUSE
 */
export async function listen(
  server: Server,
  host: string,
  port: number,
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The server listens on no TCP port');
  }
  const hostName =
    address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${hostName}:${address.port}`;
}

/** Breaks what is open and waits until the port is free. */
export async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
