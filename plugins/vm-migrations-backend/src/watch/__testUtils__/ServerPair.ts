import { readFile } from 'node:fs/promises';
import {
  ALL_RULES,
  ApiServer,
  bootstrapCluster,
  CORE_RESOURCES,
  ensureNamespace,
  KUBEVIRT_RESOURCES,
  ObjectStore,
  RealClock,
  SeededRandom,
} from 'kubevirt-simulator';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { KubeApiserver } from '../../../dev/kubeApiserver/KubeApiserver';
import { comparable } from './comparable';

/** A request, as it is sent to both servers. */
export interface Call {
  method?: string;
  /** `{version}` and `{token}` stand for what the list with `remember` answered. */
  path: string;
  body?: unknown;
  contentType?: string;
  accept?: string;
  /** The administrator's when absent; empty: none. */
  token?: string;
  /** Keeps the list's resource version and token for later calls. */
  remember?: boolean;
}

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string() }),
});

/** A real API server and a simulated one, which get the same requests. */
export class ServerPair {
  /** Token of `bob`, who may do nothing. */
  static readonly bob = 'token-of-bob';
  readonly #real: KubeApiserver;
  readonly #simulated: ApiServer;
  readonly #store: ObjectStore;
  readonly #agent: Agent;
  readonly #remembered = new Map<string, { version: string; token: string }>();

  private constructor(
    real: KubeApiserver,
    simulated: ApiServer,
    store: ObjectStore,
    agent: Agent,
  ) {
    this.#real = real;
    this.#simulated = simulated;
    this.#store = store;
    this.#agent = agent;
  }

  /** @param flags - further flags of kube-apiserver */
  static async start(flags: string[] = []): Promise<ServerPair> {
    const clock = new RealClock();
    const store = new ObjectStore({
      clock,
      random: SeededRandom.create(1),
      resources: [...KUBEVIRT_RESOURCES, ...CORE_RESOURCES],
    });
    bootstrapCluster(store);
    ensureNamespace(store, 'erp');

    const real = await KubeApiserver.start({
      users: [{ user: 'bob', token: ServerPair.bob }],
      flags,
    });
    await real.kubectl(['create', 'namespace', 'erp']);
    await defineResources(real, store);
    const simulated = await ApiServer.start({
      name: 'test',
      store,
      clock,
      users: [
        { name: 'admin', token: real.token, rules: ALL_RULES },
        { name: 'bob', token: ServerPair.bob, rules: [] },
      ],
    });
    const ca = await readFile(real.caFile);
    return new ServerPair(
      real,
      simulated,
      store,
      new Agent({ connect: { ca } }),
    );
  }

  async stop(): Promise<void> {
    await this.#simulated.stop();
    await this.#agent.close();
    await this.#real.stop();
  }

  /** What both answer, in a form that can be compared. */
  async answers(call: Call): Promise<{ real: unknown; simulated: unknown }> {
    const [real, simulated] = await Promise.all([
      this.#answer(this.#real.url, call),
      this.#answer(this.#simulated.url, call),
    ]);
    return { real, simulated };
  }

  /** Makes both forget their history. */
  async compact(): Promise<void> {
    await this.#real.compact();
    this.#store.compact();
  }

  async #answer(origin: string, call: Call): Promise<unknown> {
    const { method, body, accept, token = this.#real.token } = call;
    const known = this.#remembered.get(origin);
    const path = call.path
      .replace('{version}', known?.version ?? '')
      .replace('{token}', known?.token ?? '');
    for (;;) {
      const response = await request(origin + path, {
        method: method ?? 'GET',
        dispatcher: this.#agent,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(accept && { accept }),
          ...(body !== undefined && {
            'content-type': call.contentType ?? 'application/json',
          }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.body.text();
      // A resource that was defined a moment ago needs another one.
      if (text.includes('storage is (re)initializing')) continue;
      if (call.remember) this.#remember(origin, text);
      return comparable(
        response.statusCode,
        String(response.headers['content-type']),
        text,
      );
    }
  }

  #remember(origin: string, list: string): void {
    const { metadata } = listSchema.parse(JSON.parse(list));
    this.#remembered.set(origin, {
      version: metadata.resourceVersion,
      token: metadata.continue,
    });
  }
}

/** What the simulator says of its resources must be good enough for a real server. */
async function defineResources(
  real: KubeApiserver,
  store: ObjectStore,
): Promise<void> {
  const definitions = store.list('customresourcedefinitions');
  const documents = definitions.map(
    ({ apiVersion, kind, metadata: { name }, spec }) =>
      JSON.stringify({ apiVersion, kind, metadata: { name }, spec }),
  );
  await real.kubectl(['create', '-f', '-'], documents.join('\n---\n'));
  await real.kubectl([
    'wait',
    '--for=condition=Established',
    'crd',
    ...definitions.map(({ metadata }) => metadata.name),
  ]);
}
