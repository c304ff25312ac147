import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Watch } from './Watch';

export interface RequestOptions {
  method?: string;
  token?: string;
  accept?: string;
  contentType?: string;
  /** Text and bytes are sent as they are, anything else as JSON. */
  body?: unknown;
}

export interface HttpAnswer {
  code: number;
  headers: IncomingMessage['headers'];
  text: string;
  /** The body read as JSON, undefined when it is none. */
  body: unknown;
}

/** Speaks plain HTTP with one server; keeps connections like a real client. */
export class HttpClient {
  readonly #origin: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #watches: Watch[] = [];

  constructor(origin: string) {
    this.#origin = origin;
  }

  async send(path: string, options: RequestOptions = {}): Promise<HttpAnswer> {
    const response = await this.#open(path, options);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(Buffer.from(chunk));
    const text = Buffer.concat(chunks).toString('utf8');
    const isJson = response.headers['content-type'] === 'application/json';
    return {
      code: response.statusCode ?? 0,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  }

  async watch(path: string, options: RequestOptions = {}): Promise<Watch> {
    const watch = new Watch(await this.#open(path, options));
    this.#watches.push(watch);
    return watch;
  }

  async close(): Promise<void> {
    for (const watch of this.#watches) watch.close();
    this.#agent.destroy();
  }

  #open(path: string, options: RequestOptions): Promise<IncomingMessage> {
    const { method = 'GET', token, accept } = options;
    const payload = payloadOf(options.body);
    return new Promise((resolve, reject) => {
      const outgoing = request(
        this.#origin + path,
        {
          method,
          agent: this.#agent,
          headers: {
            ...(token && { Authorization: `Bearer ${token}` }),
            ...(accept && { Accept: accept }),
            ...(payload && {
              'Content-Type': options.contentType ?? 'application/json',
              'Content-Length': payload.length,
            }),
          },
        },
        resolve,
      );
      outgoing.on('error', reject);
      outgoing.end(payload);
    });
  }
}

function payloadOf(body: unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
