/**
 * Faults over HTTP, on a port of its own, so that a cluster can still be mended when its
 * API answers nothing and so that no path is added to the Kubernetes API.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { z } from 'zod';
import { closeServer, listen } from '../http';
import type { ActiveFault, FaultController } from './FaultController';
import { faultSchema } from './Fault';

export interface ControlServerOptions {
  /** The faults of each cluster by its name. */
  clusters: ReadonlyMap<string, FaultController>;
  host?: string;
  /** 0, the default: a free port. */
  port?: number;
}

const PATH = '/simulator/faults';

const additionSchema = z.strictObject({
  /** Name of a cluster; all clusters when absent. */
  cluster: z.string().optional(),
  fault: faultSchema,
});

/** Something that the caller got wrong; the message says what would be right. */
class ControlError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export class ControlServer {
  /** Where the faults are, `http://…/simulator/faults`. */
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async start(options: ControlServerOptions): Promise<ControlServer> {
    const { clusters, host = '127.0.0.1', port = 0 } = options;
    const server = createServer((request, response) => {
      answer(clusters, request).then(
        body => sendJson(response, 200, body),
        error => sendControlError(response, error),
      );
    });
    const origin = await listen(server, host, port);
    return new ControlServer(server, `${origin}${PATH}`);
  }

  async stop(): Promise<void> {
    await closeServer(this.#server);
  }
}

async function answer(
  clusters: ReadonlyMap<string, FaultController>,
  request: IncomingMessage,
): Promise<unknown> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const [, cluster, id] =
    /^\/simulator\/faults(?:\/([^/]+)\/(\d+))?$/.exec(pathname) ?? [];
  const isCollection = pathname === PATH;
  if (!isCollection && cluster === undefined) {
    throw new ControlError(
      404,
      `${pathname} is unknown; faults are at ${PATH}`,
    );
  }
  switch (request.method) {
    case 'GET':
      return { items: listAll(clusters) };
    case 'POST':
      return { items: addFault(clusters, await readJson(request)) };
    case 'DELETE':
      if (isCollection) {
        for (const faults of clusters.values()) faults.clear();
      } else {
        removeFault(clusters, decodeURIComponent(cluster), Number(id));
      }
      return { items: listAll(clusters) };
    default:
      throw new ControlError(
        405,
        `${request.method} is not allowed; GET, POST and DELETE are`,
      );
  }
}

type ClusterFault = ActiveFault & { cluster: string };

function listAll(
  clusters: ReadonlyMap<string, FaultController>,
): ClusterFault[] {
  return [...clusters].flatMap(([cluster, faults]) =>
    faults.list().map(active => ({ cluster, ...active })),
  );
}

function addFault(
  clusters: ReadonlyMap<string, FaultController>,
  body: unknown,
): { cluster: string; id: number }[] {
  const parsed = additionSchema.safeParse(body);
  if (!parsed.success) {
    throw new ControlError(400, z.prettifyError(parsed.error));
  }
  const { cluster, fault } = parsed.data;
  if (cluster === undefined) {
    return [...clusters].map(([name, faults]) => ({
      cluster: name,
      id: faults.add(fault),
    }));
  }
  return [{ cluster, id: faultsOf(clusters, cluster).add(fault) }];
}

function removeFault(
  clusters: ReadonlyMap<string, FaultController>,
  cluster: string,
  id: number,
): void {
  if (!faultsOf(clusters, cluster).remove(id)) {
    throw new ControlError(404, `Cluster ${cluster} has no fault ${id}`);
  }
}

function faultsOf(
  clusters: ReadonlyMap<string, FaultController>,
  cluster: string,
): FaultController {
  const faults = clusters.get(cluster);
  if (!faults) {
    throw new ControlError(
      404,
      `Cluster ${cluster} is unknown; there are ${[...clusters.keys()].join(
        ', ',
      )}`,
    );
  }
  return faults;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlError(
      400,
      'The body is no JSON; {"fault": {"kind": "compact"}} would be',
    );
  }
}

function sendJson(response: ServerResponse, code: number, body: unknown): void {
  response.statusCode = code;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

function sendControlError(response: ServerResponse, error: unknown): void {
  const code = error instanceof ControlError ? error.code : 500;
  const message = error instanceof Error ? error.message : String(error);
  sendJson(response, code, { error: message });
}
