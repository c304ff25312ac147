import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import {
  sendJson,
  TestServer,
  type ReceivedRequest,
} from '../../clusters/__testUtils__/TestServer';

/** A request that waits for the test to say how it is answered. */
export class Exchange {
  readonly request: ReceivedRequest;
  readonly #response: ServerResponse;

  constructor(request: ReceivedRequest, response: ServerResponse) {
    this.request = request;
    this.#response = response;
  }

  /** For example `list`, `list on from p2`, `watch from 10`. */
  get what(): string {
    const { query } = this.request;
    if (query.watch === 'true') {
      return `watch from ${query.resourceVersion}`;
    }
    return query.continue === undefined
      ? 'list'
      : `list on from ${query.continue}`;
  }

  /** Answers with a page of a list. */
  list(page: {
    items: object[];
    resourceVersion: string;
    continue?: string;
  }): void {
    const { items, resourceVersion } = page;
    sendJson(this.#response, 200, {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineList',
      metadata: { resourceVersion, continue: page.continue ?? '' },
      items,
    });
  }

  /** Answers with a Status. */
  status(
    code: number,
    reason: string,
    headers: Record<string, string> = {},
  ): void {
    sendJson(
      this.#response,
      code,
      { kind: 'Status', code, reason, message: `message of ${reason}` },
      headers,
    );
  }

  /** Accepts a watch. */
  open(): this {
    this.#response.writeHead(200, { 'content-type': 'application/json' });
    this.#response.flushHeaders();
    return this;
  }

  /** Sends an event of the watch. */
  event(type: string, object: object): this {
    return this.raw(`${JSON.stringify({ type, object })}\n`);
  }

  bookmark(resourceVersion: string): this {
    return this.event('BOOKMARK', {
      kind: 'VirtualMachine',
      metadata: { resourceVersion },
    });
  }

  raw(data: string | Uint8Array): this {
    this.#response.write(data);
    return this;
  }

  /** Ends the answer in order. */
  end(): void {
    this.#response.end();
  }

  /** Breaks the connection. */
  cut(): void {
    this.#response.socket?.destroy();
  }

  /** Resolves when the client has closed the connection. */
  async closed(): Promise<void> {
    if (!this.#response.destroyed) {
      await new Promise(resolve => this.#response.once('close', resolve));
    }
  }
}

/** An API server over real HTTP whose every answer the test gives. */
export class ScriptedApi {
  readonly server: TestServer;
  readonly #exchanges: Exchange[];
  readonly #arrivals: EventEmitter;

  private constructor(
    server: TestServer,
    exchanges: Exchange[],
    arrivals: EventEmitter,
  ) {
    this.server = server;
    this.#exchanges = exchanges;
    this.#arrivals = arrivals;
  }

  static async start(): Promise<ScriptedApi> {
    const exchanges: Exchange[] = [];
    const arrivals = new EventEmitter();
    const server = await TestServer.start((request, response) => {
      exchanges.push(new Exchange(request, response));
      arrivals.emit('arrival');
    });
    return new ScriptedApi(server, exchanges, arrivals);
  }

  /**
   * The next request, as soon as it is there.
   *
   * @param what it must be
   */
  async next(what?: string): Promise<Exchange> {
    let exchange = this.#exchanges.shift();
    while (exchange === undefined) {
      await once(this.#arrivals, 'arrival');
      exchange = this.#exchanges.shift();
    }
    if (what !== undefined && exchange.what !== what) {
      throw new Error(`Expected ${what}, and got ${exchange.what}`);
    }
    return exchange;
  }

  /** Requests that no test has asked for yet. */
  get waiting(): number {
    return this.#exchanges.length;
  }
}
