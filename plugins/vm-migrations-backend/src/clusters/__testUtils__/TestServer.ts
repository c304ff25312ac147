import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** One request as the server has seen it. */
export interface ReceivedRequest {
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
  /** Common name in the client's certificate. */
  peer?: string;
}

type Handler = (request: ReceivedRequest, response: ServerResponse) => void;

function peerOf(socket: Socket): string | undefined {
  const name =
    socket instanceof TLSSocket
      ? socket.getPeerCertificate().subject?.CN
      : undefined;
  return Array.isArray(name) ? name[0] : name;
}

/** A server on a free loopback port that answers as a test says, over real sockets. */
export class TestServer {
  readonly requests: ReceivedRequest[] = [];
  /** How many connections were opened. */
  connections = 0;
  readonly #server: http.Server;
  readonly #protocol: string;
  readonly #sockets = new Set<Socket>();

  private constructor(handler: Handler, tls?: https.ServerOptions) {
    const listener = (message: IncomingMessage, response: ServerResponse) => {
      const url = new URL(message.url ?? '', 'http://localhost');
      const request = {
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: message.headers,
        peer: peerOf(message.socket),
      };
      this.requests.push(request);
      handler(request, response);
    };
    this.#server = tls
      ? https.createServer(tls, listener)
      : http.createServer(listener);
    this.#protocol = tls ? 'https' : 'http';
    this.#server.on('connection', socket => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(
    handler: Handler,
    tls?: https.ServerOptions,
  ): Promise<TestServer> {
    const server = new TestServer(handler, tls);
    await server.listen(0);
    return server;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>(resolve =>
      this.#server.listen(port, '127.0.0.1', resolve),
    );
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('The server does not listen');
    }
    return address.port;
  }

  get url(): string {
    return `${this.#protocol}://127.0.0.1:${this.port}`;
  }

  get openConnections(): number {
    return this.#sockets.size;
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.cut();
    await closed;
  }
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
  });
  response.end(JSON.stringify(body));
}
