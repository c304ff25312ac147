import {
  ALL_MIGRATIONS_PATH,
  MIGRATIONS,
  MIGRATIONS_PATH,
  TestCluster,
} from '../__testUtils__';

const TABLE =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

describe('watch', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
  });

  afterEach(() => cluster.stop());

  const watch = (query = '', accept?: string) =>
    cluster.client.watch(`${MIGRATIONS_PATH}?watch=1${query}`, { accept });

  it('tells every change after a version, the past ones first', async () => {
    cluster.addMigration('a');
    cluster.addMigration('b');
    cluster.setPhase('a', 'Running');
    const stream = await watch('&resourceVersion=3');
    expect(stream.code).toBe(200);
    expect(await stream.summaries(2)).toEqual(['ADDED b 4', 'MODIFIED a 5']);
    cluster.store.delete(MIGRATIONS, 'erp', 'b');
    cluster.addMigration('c');
    expect(await stream.summaries(2)).toEqual(['DELETED b 6', 'ADDED c 7']);
  });

  it('gives whole objects', async () => {
    const stream = await watch('&resourceVersion=2');
    cluster.addMigration('a');
    expect(await stream.event()).toEqual({
      type: 'ADDED',
      object: cluster.store.get(MIGRATIONS, 'erp', 'a'),
    });
  });

  it.each(['', '&resourceVersion=0'])(
    'begins with what is there when no version is given (%s)',
    async query => {
      cluster.addMigration('b');
      cluster.addMigration('a');
      cluster.setPhase('b', 'Running');
      const stream = await watch(query);
      cluster.setPhase('a', 'Running');
      expect(await stream.summaries(3)).toEqual([
        'ADDED a 4',
        'ADDED b 5',
        'MODIFIED a 6',
      ]);
    },
  );

  it('waits for a version that is yet to come', async () => {
    const stream = await watch('&resourceVersion=3');
    cluster.addMigration('a');
    cluster.addMigration('b');
    expect(await stream.summaries(1)).toEqual(['ADDED b 4']);
  });

  it('tells of its own resource and namespace only', async () => {
    const ofNamespace = await watch('&resourceVersion=2');
    const ofAll = await cluster.client.watch(
      `${ALL_MIGRATIONS_PATH}?watch=true&resourceVersion=2`,
    );
    cluster.store.create('nodes', { metadata: { name: 'n1' } });
    cluster.store.create(MIGRATIONS, {
      metadata: { name: 'other', namespace: 'crm' },
    });
    cluster.addMigration('a');
    expect(await ofNamespace.summaries(1)).toEqual(['ADDED a 5']);
    expect(await ofAll.summaries(2)).toEqual(['ADDED other 4', 'ADDED a 5']);
  });

  it('tells of objects that come to match a selector or cease to', async () => {
    const stream = await watch('&resourceVersion=2&labelSelector=plan%3Dp1');
    const relabel = (plan: string) =>
      cluster.store.update(MIGRATIONS, 'erp', 'a', draft => {
        draft.metadata.labels = { plan };
      });
    cluster.addMigration('a', { plan: 'p0' });
    relabel('p1');
    cluster.setPhase('a', 'Running');
    relabel('p2');
    cluster.setPhase('a', 'Failed');
    cluster.store.delete(MIGRATIONS, 'erp', 'a');
    cluster.addMigration('b', { plan: 'p1' });
    const added = await stream.event();
    expect(added).toMatchObject({ type: 'ADDED' });
    expect(await stream.summaries(1)).toEqual(['MODIFIED a 5']);
    expect(await stream.event()).toMatchObject({
      type: 'DELETED',
      object: {
        metadata: { labels: { plan: 'p1' }, resourceVersion: '6' },
        status: { phase: 'Running' },
      },
    });
    expect(await stream.summaries(1)).toEqual(['ADDED b 9']);
  });

  it('tells of one object by a field selector', async () => {
    const stream = await watch(
      '&resourceVersion=2&fieldSelector=metadata.name%3Db',
    );
    cluster.addMigration('a');
    cluster.addMigration('b');
    cluster.store.delete(MIGRATIONS, 'erp', 'b');
    expect(await stream.summaries(2)).toEqual(['ADDED b 4', 'DELETED b 5']);
  });

  it('plays recorded changes as they are', async () => {
    const stream = await watch('&resourceVersion=2');
    const recorded = { metadata: { name: 'a', namespace: 'erp' } };
    cluster.store.put('MODIFIED', MIGRATIONS, recorded);
    cluster.store.put('ADDED', MIGRATIONS, recorded);
    cluster.store.put('DELETED', MIGRATIONS, recorded);
    cluster.store.put('DELETED', MIGRATIONS, recorded);
    expect(await stream.summaries(4)).toEqual([
      'MODIFIED a 3',
      'ADDED a 4',
      'DELETED a 5',
      'DELETED a 6',
    ]);
  });

  it('ends with an ERROR event when the history no longer reaches back', async () => {
    cluster.addMigration('a');
    cluster.store.compact();
    const stream = await watch('&resourceVersion=2');
    expect(stream.code).toBe(200);
    expect(await stream.event()).toEqual({
      type: 'ERROR',
      object: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'too old resource version: 2 (3)',
        reason: 'Expired',
        code: 410,
      },
    });
    expect(await stream.line()).toBeUndefined();
    expect(stream.isBroken).toBe(false);
  });

  it('goes on after a compaction when it is open already', async () => {
    const stream = await watch('&resourceVersion=2');
    cluster.store.compact();
    cluster.addMigration('a');
    expect(await stream.summaries(1)).toEqual(['ADDED a 3']);
  });

  it('ends in order when its time is over', async () => {
    const stream = await watch('&resourceVersion=2&timeoutSeconds=5');
    cluster.clock.advance(4_999);
    cluster.addMigration('a');
    cluster.clock.advance(1);
    cluster.addMigration('b');
    expect(await stream.summaries(1)).toEqual(['ADDED a 3']);
    expect(await stream.line()).toBeUndefined();
    expect(stream.isBroken).toBe(false);
  });

  it('ends by itself when no time is given', async () => {
    const stream = await watch('&resourceVersion=2');
    cluster.clock.advance(60 * 60_000);
    expect(await stream.line()).toBeUndefined();
  });

  it('sends bookmarks every minute and before its end, if they are wanted', async () => {
    const wanted = await watch(
      '&resourceVersion=2&allowWatchBookmarks=true&timeoutSeconds=150',
    );
    const unwanted = await watch('&resourceVersion=2&timeoutSeconds=150');
    cluster.clock.advance(60_000);
    expect(await wanted.event()).toEqual({
      type: 'BOOKMARK',
      object: {
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachineInstanceMigration',
        metadata: { resourceVersion: '2' },
      },
    });
    cluster.store.create('nodes', { metadata: { name: 'n1' } });
    cluster.clock.advance(90_000);
    expect(await wanted.summaries(2)).toEqual(['BOOKMARK - 3', 'BOOKMARK - 3']);
    expect(await wanted.line()).toBeUndefined();
    expect(await unwanted.line()).toBeUndefined();
  });

  it('sends bookmarks when it is told to, in their turn and if they are wanted', async () => {
    const wanted = await watch('&resourceVersion=2&allowWatchBookmarks=true');
    const unwanted = await watch('&resourceVersion=2');
    cluster.addMigration('a');
    cluster.server.sendBookmarks();
    cluster.addMigration('b');
    expect(await wanted.summaries(3)).toEqual([
      'ADDED a 3',
      'BOOKMARK - 3',
      'ADDED b 4',
    ]);
    expect(await unwanted.summaries(2)).toEqual(['ADDED a 3', 'ADDED b 4']);
  });

  it('marks the end of initial events when they are asked for', async () => {
    cluster.addMigration('a');
    const stream = await watch(
      '&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true',
    );
    expect(await stream.summaries(1)).toEqual(['ADDED a 3']);
    expect(await stream.event()).toEqual({
      type: 'BOOKMARK',
      object: {
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachineInstanceMigration',
        metadata: {
          annotations: { 'k8s.io/initial-events-end': 'true' },
          resourceVersion: '3',
        },
      },
    });
    cluster.addMigration('b');
    expect(await stream.summaries(1)).toEqual(['ADDED b 4']);
  });

  it('sends no initial events when they are declined', async () => {
    cluster.addMigration('a');
    const stream = await watch(
      '&sendInitialEvents=false&resourceVersionMatch=NotOlderThan',
    );
    cluster.addMigration('b');
    expect(await stream.summaries(1)).toEqual(['ADDED b 4']);
  });

  it('speaks in tables, the columns only once', async () => {
    cluster.addMigration('a');
    const stream = await watch('', TABLE);
    cluster.setPhase('a', 'Running');
    expect(await stream.event()).toMatchObject({
      type: 'ADDED',
      object: {
        kind: 'Table',
        columnDefinitions: [
          { name: 'Name' },
          { name: 'Phase' },
          { name: 'VMI' },
        ],
        rows: [{ cells: ['a', null, 'crm'] }],
      },
    });
    expect(await stream.event()).toMatchObject({
      type: 'MODIFIED',
      object: {
        columnDefinitions: null,
        rows: [{ cells: ['a', 'Running', 'crm'] }],
      },
    });
  });

  it.each([
    [
      'resourceVersion=abc',
      500,
      'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    [
      'resourceVersion=3&resourceVersionMatch=Exact',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
    [
      'sendInitialEvents=true',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ],
    [
      'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=99',
      504,
      'Timeout: Too large resource version: 99, current: 2',
    ],
  ])('refuses %s', async (query, code, message) => {
    const answer = await cluster.client.send(
      `${MIGRATIONS_PATH}?watch=1&${query}`,
    );
    expect(answer.code).toBe(code);
    expect(answer.body).toMatchObject({ message });
  });

  it('lets go of a client that leaves', async () => {
    const stream = await watch('&resourceVersion=2');
    expect(cluster.clock.nextDueInMs).toBeDefined();
    stream.close();
    // The server hears of it at its own time.
    for (let tries = 0; tries < 100 && cluster.clock.nextDueInMs; tries++) {
      await cluster.client.send('/readyz');
    }
    expect(cluster.clock.nextDueInMs).toBeUndefined();
  });
});
