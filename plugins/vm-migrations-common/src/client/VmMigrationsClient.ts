import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import {
  changesPageSchema,
  clusterListSchema,
  datacenterListSchema,
  migrationListSchema,
  migrationSchema,
  statusSchema,
  virtualMachineListSchema,
  virtualMachineSchema,
  type ChangesPage,
  type ClusterList,
  type DatacenterList,
  type Direction,
  type Migration,
  type MigrationList,
  type Status,
  type VirtualMachine,
  type VirtualMachineList,
} from '../model';
import { UnexpectedAnswerError } from './UnexpectedAnswerError';
import type {
  ChangesRequest,
  MigrationListRequest,
  ObjectReference,
  RequestOptions,
  VirtualMachineListRequest,
  VmMigrationsApi,
} from './VmMigrationsApi';

type Query = Record<string, string | number | boolean | undefined>;

/**
 * The API over HTTP, in browsers and in Node.js.
 *
 * @public
 */
export class VmMigrationsClient implements VmMigrationsApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  listMigrations(request?: MigrationListRequest): Promise<MigrationList> {
    return this.#listMigrations([], request);
  }

  listActiveMigrations(request?: MigrationListRequest): Promise<MigrationList> {
    return this.#listMigrations(['active'], request);
  }

  getMigration(
    reference: string | ObjectReference,
    options?: RequestOptions,
  ): Promise<Migration> {
    const parts =
      typeof reference === 'string'
        ? reference.split('/')
        : [reference.cluster, reference.namespace, reference.name];
    // Slashes of a full reference stay as they are: proxies like to refuse encoded ones.
    const path = parts.length === 3 ? parts : [parts.join('/')];
    return this.#get(migrationSchema, ['migrations', ...path], {}, options);
  }

  listMigrationsByDatacenter(
    datacenter: string,
    request?: MigrationListRequest,
  ): Promise<MigrationList> {
    return this.#listMigrations(['datacenter', datacenter], request);
  }

  listMigrationsByCluster(
    cluster: string,
    request?: MigrationListRequest,
  ): Promise<MigrationList> {
    return this.#listMigrations(['cluster', cluster], request);
  }

  listMigrationsByVirtualMachine(
    name: string,
    request?: MigrationListRequest,
  ): Promise<MigrationList> {
    return this.#listMigrations(['vm', name], request);
  }

  listMigrationsByDirection(
    direction: Direction,
    request?: MigrationListRequest,
  ): Promise<MigrationList> {
    return this.#listMigrations(['direction', direction], request);
  }

  listVirtualMachines(
    request: VirtualMachineListRequest = {},
  ): Promise<VirtualMachineList> {
    const { token, signal, ...query } = request;
    return this.#get(virtualMachineListSchema, ['virtual-machines'], query, {
      token,
      signal,
    });
  }

  getVirtualMachine(
    reference: ObjectReference,
    options?: RequestOptions,
  ): Promise<VirtualMachine> {
    const { cluster, namespace, name } = reference;
    return this.#get(
      virtualMachineSchema,
      ['virtual-machines', cluster, namespace, name],
      {},
      options,
    );
  }

  listDatacenters(options?: RequestOptions): Promise<DatacenterList> {
    return this.#get(datacenterListSchema, ['datacenters'], {}, options);
  }

  listClusters(options?: RequestOptions): Promise<ClusterList> {
    return this.#get(clusterListSchema, ['clusters'], {}, options);
  }

  getStatus(options?: RequestOptions): Promise<Status> {
    return this.#get(statusSchema, ['status'], {}, options);
  }

  getChanges(request: ChangesRequest = {}): Promise<ChangesPage> {
    const { waitMs, token, signal, ...query } = request;
    const wait = waitMs === undefined ? undefined : waitMs / 1000;
    return this.#get(
      changesPageSchema,
      ['changes'],
      { ...query, wait },
      { token, signal },
    );
  }

  #listMigrations(
    view: string[],
    request: MigrationListRequest = {},
  ): Promise<MigrationList> {
    const { order, token, signal, ...query } = request;
    return this.#get(
      migrationListSchema,
      ['migrations', ...view],
      { ...query, order: order && `${order.field},${order.direction}` },
      { token, signal },
    );
  }

  async #get<T>(
    schema: z.ZodType<T>,
    path: string[],
    query: Query,
    options: RequestOptions = {},
  ): Promise<T> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('vm-migrations');
    const url = `${baseUrl}/v1/${path.map(encodeURIComponent).join('/')}`;
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        search.set(name, String(value));
      }
    }
    const response = await this.#fetchApi.fetch(
      search.size > 0 ? `${url}?${search}` : url,
      {
        headers: options.token
          ? { Authorization: `Bearer ${options.token}` }
          : {},
        signal: options.signal,
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return parseAnswer(schema, await response.text(), url);
  }
}

function parseAnswer<T>(schema: z.ZodType<T>, text: string, url: string): T {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new UnexpectedAnswerError(`The answer of ${url} is not JSON`);
  }
  const answer = schema.safeParse(body);
  if (!answer.success) {
    throw new UnexpectedAnswerError(
      `The answer of ${url} is not what the API promises: ${describe(
        answer.error,
      )}`,
    );
  }
  return answer.data;
}

// The first mistakes tell what kind of answer it is; a list repeats them for every item.
function describe(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(issue => `${issue.path.join('.') || 'the whole'}: ${issue.message}`)
    .join('; ');
}
