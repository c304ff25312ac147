/**
 * The simulator must not become the truth: the same requests, one after the other, to a
 * real kube-apiserver and to a simulated one, and the same answers.
 */
import { describeWithKubeApiserver } from '../../dev/kubeApiserver/describeWithKubeApiserver';
import { ServerPair } from './__testUtils__/ServerPair';
import type { Call } from './__testUtils__/ServerPair';

const MIGRATIONS =
  '/apis/kubevirt.io/v1/namespaces/erp/virtualmachineinstancemigrations';
const INSTANCES = '/apis/kubevirt.io/v1/namespaces/erp/virtualmachineinstances';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const APPLY = 'application/apply-patch+yaml';
const BOB = ServerPair.bob;

const START_TIMEOUT_MS = 90_000;

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

/** Once both have forgotten what was before. */
const CALLS_AFTER_COMPACTION: Call[] = [
  get(`${MIGRATIONS}?limit=1&continue={token}`),
  get(`${MIGRATIONS}?resourceVersion={version}&resourceVersionMatch=Exact`),
  watch('resourceVersion={version}'),
  get(MIGRATIONS),
];

const named = (call: Call): [string, Call] => [
  `${call.method ?? 'GET'} ${call.path}`,
  call,
];

describeWithKubeApiserver()('the simulator beside kube-apiserver', () => {
  let servers: ServerPair;

  describe('with its watch cache', () => {
    beforeAll(async () => {
      servers = await ServerPair.start();
    }, START_TIMEOUT_MS);

    afterAll(() => servers?.stop());

    it.each(CALLS.map(named))('answers alike: %s', async (_name, call) => {
      const { real, simulated } = await servers.answers(call);
      expect(simulated).toEqual(real);
    });
  });

  describe('without it, after a compaction', () => {
    beforeAll(async () => {
      servers = await ServerPair.start(['--watch-cache=false']);
      for (const name of ['a', 'b', 'c']) {
        await servers.answers(post(MIGRATIONS, migration(name)));
      }
      await servers.answers({ path: `${MIGRATIONS}?limit=1`, remember: true });
      for (const name of ['d', 'e']) {
        await servers.answers(post(MIGRATIONS, migration(name)));
      }
      await servers.compact();
    }, START_TIMEOUT_MS);

    afterAll(() => servers?.stop());

    it.each(CALLS_AFTER_COMPACTION.map(named))(
      'answers alike: %s',
      async (_name, call) => {
        const { real, simulated } = await servers.answers(call);
        expect(simulated).toEqual(real);
      },
    );
  });
});
