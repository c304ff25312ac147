import type {
  Cluster,
  Datacenter,
  Migration,
  Status,
} from 'backstage-plugin-vm-migrations-common';
import { http, HttpResponse, type HttpHandler } from 'msw';
import { page } from './migration';
import type { ScriptedServer } from './ScriptedServer';

/** Where the tests think that the backend is. */
export const BACKEND = 'http://backend.test';

const API = `${BACKEND}/api/vm-migrations/v1`;

const SITES: Datacenter[] = [
  { id: 'kista', title: 'Kista', clusters: ['kista-1'] },
  { id: 'lulea', title: 'Luleå', clusters: ['lulea-1'] },
].map(site => ({
  ...site,
  virtualMachines: 60,
  migrations: { incoming: 0, outgoing: 0, internal: 0 },
}));

const STATUS: Status = {
  demo: false,
  datacenters: 2,
  clusters: { total: 2, live: 2, blind: 0 },
  virtualMachines: { total: 120, running: 113, stopped: 7 },
  migrations: { total: 17, active: 0, succeededLast24h: 11, failedLast24h: 1 },
  position: '0',
};

/** A cluster that is seen, unless told otherwise. */
export function cluster(overrides: Partial<Cluster> = {}): Cluster {
  return {
    name: 'kista-1',
    datacenter: 'kista',
    state: 'live',
    resources: [],
    virtualMachines: 60,
    activeMigrations: 0,
    revision: 1,
    ...overrides,
  };
}

/** Answers of the API as a server gives them that holds these migrations. */
export function handlersOf(options: {
  server: ScriptedServer;
  /** Ended ones, newest first; the filter they were asked with decides. */
  history?: (filter: string) => Migration[];
  status?: Partial<Status>;
}): HttpHandler[] {
  const { server, history = () => [], status } = options;
  return [
    http.get(`${API}/migrations/active`, async () =>
      HttpResponse.json(await server.listActiveMigrations()),
    ),
    http.get(`${API}/migrations`, ({ request }) => {
      const { searchParams } = new URL(request.url);
      const items = history(searchParams.get('filter') ?? '');
      const from = Number(searchParams.get('cursor') ?? 0);
      const to = from + Number(searchParams.get('limit'));
      return HttpResponse.json(
        page(items.slice(from, to), {
          totalItems: items.length,
          pageInfo: to < items.length ? { nextCursor: String(to) } : {},
        }),
      );
    }),
    http.get(`${API}/clusters`, async () =>
      HttpResponse.json(await server.listClusters()),
    ),
    http.get(`${API}/datacenters`, () => HttpResponse.json({ items: SITES })),
    http.get(`${API}/status`, () =>
      HttpResponse.json({ ...STATUS, ...status }),
    ),
    http.get(`${API}/changes`, async ({ request }) => {
      const since = new URL(request.url).searchParams.get('since') ?? undefined;
      return HttpResponse.json(await server.getChanges({ since }));
    }),
  ];
}

/** The same refusal or failure from everything. */
export function failingHandlers(status: number): HttpHandler[] {
  return [
    http.get(`${API}/*`, () =>
      HttpResponse.json(
        { error: { name: 'Error', message: `answered ${status}` } },
        { status },
      ),
    ),
  ];
}

/** An answer of one route, instead of the one it would give. */
export function handlerOf(
  route: string,
  answer: () => Response | Promise<Response>,
): HttpHandler {
  return http.get(`${API}${route}`, answer);
}
