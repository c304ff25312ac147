/**
 * The simulator must not become the truth: the same requests, one after the other, to a
 * real kube-apiserver and to a simulated one, and the same answers.
 */
import { readFile } from 'node:fs/promises';
import {
  ApiServer,
  bootstrapCluster,
  CORE_RESOURCES,
  ensureNamespace,
  KUBEVIRT_RESOURCES,
  ObjectStore,
  RealClock,
  SeededRandom,
} from 'kubevirt-simulator';
import type { User } from 'kubevirt-simulator';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { describeWithKubeApiserver } from '../../dev/kubeApiserver/describeWithKubeApiserver';
import { KubeApiserver } from '../../dev/kubeApiserver/KubeApiserver';
import { comparable } from './__testUtils__/comparable';

const MIGRATIONS =
  '/apis/kubevirt.io/v1/namespaces/erp/virtualmachineinstancemigrations';
const INSTANCES = '/apis/kubevirt.io/v1/namespaces/erp/virtualmachineinstances';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const APPLY = 'application/apply-patch+yaml';
const BOB = 'token-of-bob';

interface Call {
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

const migration = (name: string, extra: object = {}) => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachineInstanceMigration',
  metadata: { name, labels: { plan: 'p1' } },
  spec: { vmiName: 'crm' },
  ...extra,
});
const post = (path: string, body: unknown): Call => ({
  method: 'POST',
  path,
  body,
});
const patch = (path: string, contentType: string, body: unknown): Call => ({
  method: 'PATCH',
  path,
  contentType,
  body,
});
const remove = (path: string, body?: unknown): Call => ({
  method: 'DELETE',
  path,
  body,
});
const get = (path: string, extra: Partial<Call> = {}): Call => ({
  path,
  ...extra,
});
/** Short enough to wait for, long enough for what has happened. */
const watch = (query: string, extra: Partial<Call> = {}) =>
  get(`${MIGRATIONS}?watch=1&timeoutSeconds=1&${query}`, extra);

/** In this order: each may depend on what those before it have done. */
const CALLS: Call[] = [
  get('/api'),
  get('/apis/kubevirt.io'),
  get('/apis/migrations.kubevirt.io'),
  get('/healthz'),
  get('/foo'),
  get('/apis/nope.io/v1/foos'),
  get('/apis/kubevirt.io/v9'),
  get('/apis/kubevirt.io/v1/foos'),
  get('/apis/kubevirt.io/v1/namespaces/erp/foos/a'),

  get(MIGRATIONS),
  get(MIGRATIONS, { accept: TABLE }),
  post(MIGRATIONS, migration('a', { status: { phase: 'Running' } })),
  post(MIGRATIONS, migration('a')),
  post(MIGRATIONS, migration('A_b')),
  post(MIGRATIONS, migration('b', { metadata: {} })),
  post(MIGRATIONS, migration('b', { kind: 'Other' })),
  post(MIGRATIONS, migration('b', { apiVersion: 'kubevirt.io/v2' })),
  post(
    MIGRATIONS,
    migration('b', { metadata: { name: 'b', namespace: 'other' } }),
  ),
  post(
    MIGRATIONS,
    migration('b', { metadata: { name: 'b', resourceVersion: '5' } }),
  ),
  post(MIGRATIONS.replace('erp', 'nowhere'), migration('b')),
  post(MIGRATIONS.replace('/namespaces/erp', ''), migration('b')),
  post(`${MIGRATIONS}/a`, migration('a')),
  post(MIGRATIONS, migration('b')),
  post(MIGRATIONS, migration('c', { metadata: { name: 'c' } })),
  post(INSTANCES, {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: { name: 'crm' },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  }),

  get(`${MIGRATIONS}/a`),
  get(`${MIGRATIONS}/a/status`),
  get(`${MIGRATIONS}/nowhere`),
  get(`${INSTANCES}/crm/status`),
  get(`${MIGRATIONS}/a/scale`),
  get('/apis/kubevirt.io/v1alpha3/namespaces/erp/virtualmachineinstances'),
  get(MIGRATIONS),
  get(`${MIGRATIONS}/a`, { accept: TABLE }),
  get(`${MIGRATIONS}?includeObject=None`, { accept: TABLE }),
  get(`${INSTANCES}/crm?includeObject=Object`, { accept: TABLE }),
  get(`${MIGRATIONS}?limit=2`, { remember: true }),
  get(`${MIGRATIONS}?limit=2&continue={token}`),
  get(`${MIGRATIONS}?limit=2&continue={token}&resourceVersion={version}`),
  get(`${MIGRATIONS}?limit=2`, { accept: TABLE }),
  get(`${MIGRATIONS}?limit=1&labelSelector=plan`),
  get(`${MIGRATIONS}?limit=1&resourceVersion=0`),
  get(`${MIGRATIONS}?labelSelector=plan%21%3Dp1`),
  get(`${MIGRATIONS}?fieldSelector=metadata.name%3Db`),
  get(`${MIGRATIONS}?fieldSelector=spec.x%3D1`),
  get(`${MIGRATIONS}?fieldSelector=x`),
  get(`${MIGRATIONS}?limit=x`),
  get(`${MIGRATIONS}?resourceVersion=abc`),
  get(`${MIGRATIONS}?resourceVersion=99999999`),
  get(`${MIGRATIONS}?resourceVersion=0&resourceVersionMatch=Exact`),
  get(`${MIGRATIONS}?resourceVersionMatch=Exact`),
  get(`${MIGRATIONS}?resourceVersion=1&resourceVersionMatch=Foo`),
  get(`${MIGRATIONS}?continue=abc&resourceVersion=5`),

  watch(''),
  watch('resourceVersion=0&fieldSelector=metadata.name%3Da'),
  watch('', { accept: TABLE }),
  watch('resourceVersion=99999999'),
  watch('resourceVersion=abc'),
  watch('resourceVersionMatch=NotOlderThan&resourceVersion=1'),
  watch('sendInitialEvents=true'),
  watch(
    'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true',
  ),

  patch(`${MIGRATIONS}/a`, MERGE, {
    spec: { vmiName: 'db' },
    status: { x: 1 },
  }),
  patch(`${MIGRATIONS}/a`, MERGE, { spec: { vmiName: 'db' } }),
  patch(`${MIGRATIONS}/a/status`, MERGE, {
    metadata: { labels: { x: 'y' } },
    spec: { x: 1 },
    status: { phase: 'Running' },
  }),
  patch(`${INSTANCES}/crm/status`, MERGE, { status: {} }),
  patch(`${INSTANCES}/crm`, MERGE, { status: { phase: 'Failed' } }),
  patch(`${MIGRATIONS}/a`, JSON_PATCH, [
    { op: 'test', path: '/spec/vmiName', value: 'other' },
  ]),
  patch(`${MIGRATIONS}/a`, JSON_PATCH, [
    { op: 'replace', path: '/spec/nowhere/x', value: 1 },
  ]),
  patch(`${MIGRATIONS}/a`, JSON_PATCH, [
    { op: 'add', path: '/metadata/annotations', value: { a: 'b' } },
    { op: 'remove', path: '/metadata/labels/plan' },
  ]),
  patch(`${MIGRATIONS}/a`, 'application/strategic-merge-patch+json', {}),
  patch(`${MIGRATIONS}/a`, MERGE, { metadata: { name: 'z' }, spec: {} }),
  patch(`${MIGRATIONS}/a`, MERGE, {
    metadata: { resourceVersion: '1' },
    spec: { x: 1 },
  }),
  patch(`${MIGRATIONS}/nowhere`, MERGE, { spec: {} }),
  patch(`${MIGRATIONS}/d`, APPLY, migration('d')),
  patch(`${MIGRATIONS}/d?fieldManager=t`, APPLY, migration('d')),
  patch(`${MIGRATIONS}/d?fieldManager=t`, APPLY, migration('d')),
  patch(
    `${MIGRATIONS}/d/status?fieldManager=t`,
    APPLY,
    migration('d', { status: { phase: 'Pending' } }),
  ),
  patch(`${MIGRATIONS}/e/status?fieldManager=t`, APPLY, migration('e')),

  { method: 'PUT', path: `${MIGRATIONS}/a`, body: migration('a') },
  {
    method: 'PUT',
    path: `${MIGRATIONS}/a`,
    body: migration('a', { metadata: { name: 'a', resourceVersion: '1' } }),
  },
  { method: 'PUT', path: `${MIGRATIONS}/b`, body: migration('a') },
  { method: 'PUT', path: `${MIGRATIONS}/e`, body: migration('e') },
  { method: 'PUT', path: MIGRATIONS, body: migration('a') },

  remove(`${MIGRATIONS}/a`, { preconditions: { uid: 'other' } }),
  remove(`${MIGRATIONS}/a`, { preconditions: { resourceVersion: '1' } }),
  remove(`${MIGRATIONS}/a?propagationPolicy=Bogus`),
  patch(`${MIGRATIONS}/a`, MERGE, { metadata: { finalizers: ['k.io/x'] } }),
  remove(`${MIGRATIONS}/a`, { propagationPolicy: 'Background' }),
  remove(`${MIGRATIONS}/a`),
  patch(`${MIGRATIONS}/a`, MERGE, { metadata: { finalizers: null } }),
  get(`${MIGRATIONS}/a`),
  remove(`${MIGRATIONS}/b`),
  remove(`${MIGRATIONS}/b`),
  remove(MIGRATIONS.replace('/namespaces/erp', '')),
  remove(`${MIGRATIONS}?labelSelector=nothing`),
  remove(MIGRATIONS),
  get(MIGRATIONS),
  watch('resourceVersion={version}'),
  watch('resourceVersion={version}&labelSelector=plan%3Dp1'),
  watch('resourceVersion={version}&labelSelector=plan%21%3Dp1'),
  watch('resourceVersion={version}&fieldSelector=metadata.name%3Da', {
    accept: TABLE,
  }),
  get(`${MIGRATIONS}?limit=2&continue={token}`),
  get(`${MIGRATIONS}?resourceVersion={version}&resourceVersionMatch=Exact`),
  get(`${MIGRATIONS}?resourceVersion={version}&limit=1`),
  get(`${MIGRATIONS}?resourceVersion={version}`),

  get('/apis', { token: '' }),
  get('/readyz', { token: '' }),
  get(MIGRATIONS, { token: '' }),
  get(MIGRATIONS, { token: 'stolen' }),
  get(MIGRATIONS, { token: BOB }),
  get(`${MIGRATIONS}/a`, { token: BOB }),
  get('/api/v1/nodes', { token: BOB }),
  get('/api/v1/namespaces/erp', { token: BOB }),
  watch('', { token: BOB }),
  patch(`${MIGRATIONS}/a/status`, MERGE, {}),
  { ...patch(`${MIGRATIONS}/a/status`, MERGE, {}), token: BOB },
];

describeWithKubeApiserver()('the simulator beside kube-apiserver', () => {
  let real: KubeApiserver;
  let simulated: ApiServer;
  let agent: Agent;

  beforeAll(async () => {
    const clock = new RealClock();
    const store = new ObjectStore({
      clock,
      random: SeededRandom.create(1),
      resources: [...KUBEVIRT_RESOURCES, ...CORE_RESOURCES],
    });
    bootstrapCluster(store);
    ensureNamespace(store, 'erp');

    real = await KubeApiserver.start({ users: [{ user: 'bob', token: BOB }] });
    agent = new Agent({ connect: { ca: await readFile(real.caFile) } });
    await real.kubectl(['create', 'namespace', 'erp']);
    // What the simulator says of its resources is good enough for a real server.
    const definitions = store.list('customresourcedefinitions');
    await real.kubectl(
      ['create', '-f', '-'],
      definitions
        .map(({ apiVersion, kind, metadata: { name }, spec }) =>
          JSON.stringify({ apiVersion, kind, metadata: { name }, spec }),
        )
        .join('\n---\n'),
    );
    await real.kubectl([
      'wait',
      '--for=condition=Established',
      'crd',
      ...definitions.map(({ metadata }) => metadata.name),
    ]);

    const users: User[] = [
      {
        name: 'admin',
        token: real.token,
        rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
      },
      { name: 'bob', token: BOB, rules: [] },
    ];
    simulated = await ApiServer.start({ name: 'test', store, clock, users });
  }, 90_000);

  afterAll(async () => {
    await simulated?.stop();
    await agent?.close();
    await real?.stop();
  });

  const remembered = new Map<string, { version: string; token: string }>();

  function remember(origin: string, list: string): void {
    const { resourceVersion, continue: token } = listSchema.parse(
      JSON.parse(list),
    ).metadata;
    remembered.set(origin, { version: resourceVersion, token });
  }

  async function answer(origin: string, call: Call): Promise<unknown> {
    const { method, body, accept, token = real.token } = call;
    const known = remembered.get(origin);
    const path = call.path
      .replace('{version}', known?.version ?? '')
      .replace('{token}', known?.token ?? '');
    for (;;) {
      const response = await request(origin + path, {
        method: method ?? 'GET',
        dispatcher: agent,
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
      if (!text.includes('storage is (re)initializing')) {
        if (call.remember) remember(origin, text);
        return comparable(
          response.statusCode,
          String(response.headers['content-type']),
          text,
        );
      }
    }
  }

  it.each(
    CALLS.map((call): [string, Call] => [
      `${call.method ?? 'GET'} ${call.path}`,
      call,
    ]),
  )('answers alike: %s', async (_name, call) => {
    const [fromReal, fromSimulated] = await Promise.all([
      answer(real.url, call),
      answer(simulated.url, call),
    ]);
    expect(fromSimulated).toEqual(fromReal);
  });
});
