/**
 * The API server of one simulated cluster: the part of the Kubernetes API that informers,
 * kubectl and client libraries use, over plain HTTP, on top of an ObjectStore. Shapes and
 * words are those of a real kube-apiserver, against which they were compared; what real
 * servers do beside (managed fields, admission, protobuf, TLS) is left out.
 *
 * This file holds the port and its connections; what is answered is in RequestHandler.
 */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../clock';
import { FaultController } from '../faults';
import { closeServer, listen } from '../http';
import type { ObjectStore } from '../store';
import { AccessControl } from './AccessControl';
import type { User } from './AccessControl';
import { kubeconfigOf } from './kubeconfig';
import type { Kubeconfig } from './kubeconfig';
import { superviseNamespaces } from './namespaces';
import { OpenWatches } from './OpenWatches';
import { RequestHandler } from './RequestHandler';
import type { RequestInfo } from './RequestInfo';

export interface ApiServerOptions {
  /** The cluster's name, which becomes the context of its kubeconfig. */
  name: string;
  store: ObjectStore;
  /** Decides when watches end and bookmarks are due. */
  clock: Clock;
  /** Address to listen on; only this machine, 127.0.0.1, when absent. */
  host?: string;
  /** A free port when absent or 0. */
  port?: number;
  /** Who may do what; everybody may do everything when absent. */
  users?: User[];
  /** Told of every request when it arrives, for whoever counts or inspects requests. */
  onRequest?: (request: RequestInfo) => void;
}

interface ServerParts {
  name: string;
  url: string;
  access: AccessControl;
  faults: FaultController;
  server: Server;
  watches: OpenWatches;
  endSupervision: () => void;
}

/** Longer than clients keep idle connections, so that none breaks under a new request. */
const KEEP_ALIVE_TIMEOUT_MS = 180_000;

export class ApiServer {
  readonly name: string;
  /** Origin of the API, `http://host:port`. */
  readonly url: string;
  readonly access: AccessControl;
  readonly faults: FaultController;
  readonly #server: Server;
  readonly #watches: OpenWatches;
  readonly #endSupervision: () => void;

  private constructor(parts: ServerParts) {
    this.name = parts.name;
    this.url = parts.url;
    this.access = parts.access;
    this.faults = parts.faults;
    this.#server = parts.server;
    this.#watches = parts.watches;
    this.#endSupervision = parts.endSupervision;
  }

  /** @throws Error of node:net when the port cannot be opened, for instance EADDRINUSE */
  static async start(options: ApiServerOptions): Promise<ApiServer> {
    const { name, store, clock, onRequest } = options;
    const sockets = new Set<Socket>();
    const watches = new OpenWatches();
    const faults = new FaultController({
      dropConnections: () => sockets.forEach(socket => socket.destroy()),
      compact: () => store.compact(),
      endWatches: (match, code) => watches.end(match, code),
    });
    const access = new AccessControl(options.users);
    const handler = new RequestHandler({
      store,
      clock,
      faults,
      access,
      watches,
      onRequest,
    });
    const server = createServer((request, response) =>
      handler.handle(request, response),
    );
    server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
    server.on('connection', socket => {
      if (faults.refusesConnections) {
        socket.destroy();
        return;
      }
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    const url = await listen(
      server,
      options.host ?? '127.0.0.1',
      options.port ?? 0,
    );
    return new ApiServer({
      name,
      url,
      access,
      faults,
      server,
      watches,
      endSupervision: superviseNamespaces(store),
    });
  }

  /** Sends a bookmark on all watches that want them; real servers do so at any time. */
  sendBookmarks(): void {
    this.#watches.sendBookmarks();
  }

  /**
   * What a client needs to connect.
   *
   * @param userName - the first user when absent
   * @throws Error when there is no such user
   */
  kubeconfig(userName?: string): Kubeconfig {
    const { users } = this.access;
    const user = users.find(({ name }) => !userName || name === userName);
    if (userName && !user) {
      throw new Error(`Cluster ${this.name} has no user ${userName}`);
    }
    return kubeconfigOf(
      this.name,
      this.url,
      user?.name ?? 'admin',
      user?.token,
    );
  }

  /** Breaks all connections and frees the port; the store lives on. */
  async stop(): Promise<void> {
    this.#endSupervision();
    this.#watches.end();
    await closeServer(this.#server);
  }
}
