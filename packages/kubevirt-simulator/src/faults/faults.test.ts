import { INSTANCES_PATH, MIGRATIONS_PATH, TestCluster } from '../__testUtils__';
import type { Fault } from './Fault';

describe('faults', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    cluster.addMigration('a');
  });

  afterEach(() => cluster.stop());

  const add = (fault: Fault) => cluster.server.faults.add(fault);
  const list = () => cluster.client.send(MIGRATIONS_PATH);
  const watch = () =>
    cluster.client.watch(`${MIGRATIONS_PATH}?watch=1&resourceVersion=3`);

  it('drop all connections, and later ones are made again', async () => {
    const stream = await watch();
    add({ kind: 'drop-connections' });
    expect(await stream.line()).toBeUndefined();
    expect(stream.isBroken).toBe(true);
    expect(cluster.server.faults.list()).toEqual([]);
    expect(await list()).toMatchObject({ code: 200 });
  });

  it('refuse connections until switched off', async () => {
    const id = add({ kind: 'refuse-connections' });
    await expect(list()).rejects.toThrow(/socket hang up|ECONNRESET/);
    await expect(list()).rejects.toThrow(/socket hang up|ECONNRESET/);
    cluster.server.faults.remove(id);
    expect(await list()).toMatchObject({ code: 200 });
  });

  describe('stall', () => {
    it('answers nothing until switched off', async () => {
      const id = add({
        kind: 'stall',
        match: { resource: 'virtualmachineinstancemigrations' },
      });
      let isAnswered = false;
      const stalled = list().then(answer => {
        isAnswered = true;
        return answer;
      });
      cluster.clock.advance(3_600_000);
      expect(await cluster.client.send(INSTANCES_PATH)).toMatchObject({
        code: 200,
      });
      expect(isAnswered).toBe(false);
      cluster.server.faults.remove(id);
      expect(await stalled).toMatchObject({ code: 200 });
    });

    it('makes open watches silent and tells them what they missed afterwards', async () => {
      const stream = await watch();
      const id = add({
        kind: 'stall',
        match: { resource: 'virtualmachineinstancemigrations' },
      });
      cluster.addMigration('b');
      cluster.clock.advance(60_000);
      let isSilent = true;
      const first = stream.event().then(event => {
        isSilent = false;
        return event;
      });
      expect(await cluster.client.send(INSTANCES_PATH)).toMatchObject({
        code: 200,
      });
      expect(isSilent).toBe(true);
      cluster.server.faults.remove(id);
      expect(await first).toMatchObject({ type: 'ADDED' });
      cluster.addMigration('c');
      expect(await stream.summaries(1)).toEqual(['ADDED c 5']);
    });

    it('keeps the end of a watch back, too', async () => {
      const stream = await cluster.client.watch(
        `${MIGRATIONS_PATH}?watch=1&resourceVersion=3&timeoutSeconds=5`,
      );
      const id = add({ kind: 'stall' });
      cluster.addMigration('b');
      cluster.clock.advance(10_000);
      cluster.server.faults.remove(id);
      expect(await stream.summaries(1)).toEqual(['ADDED b 4']);
      expect(await stream.line()).toBeUndefined();
      expect(stream.isBroken).toBe(false);
    });
  });

  describe('respond', () => {
    it.each([
      [401, 'Unauthorized', 'Unauthorized'],
      [
        403,
        'Forbidden',
        'virtualmachineinstancemigrations.kubevirt.io is forbidden: User "admin" cannot list resource "virtualmachineinstancemigrations" in API group "kubevirt.io" in the namespace "erp"',
      ],
      [404, 'NotFound', 'the server could not find the requested resource'],
      [
        410,
        'Expired',
        'The resourceVersion for the provided watch is too old.',
      ],
      [
        429,
        'TooManyRequests',
        'the server has received too many requests and has asked us to try again later',
      ],
      [500, 'InternalError', 'Internal error occurred: etcdserver: no leader'],
      [
        503,
        'ServiceUnavailable',
        'the server is currently unable to handle the request',
      ],
      [
        504,
        'Timeout',
        'Timeout: request did not complete within requested timeout',
      ],
    ] as const)('answers %d', async (code, reason, message) => {
      const id = add({ kind: 'respond', code });
      for (let request = 0; request < 2; request++) {
        expect(await list()).toMatchObject({
          code,
          body: { kind: 'Status', status: 'Failure', reason, message, code },
        });
      }
      cluster.server.faults.remove(id);
      expect(await list()).toMatchObject({ code: 200 });
    });

    it('says when to come again', async () => {
      add({ kind: 'respond', code: 429, retryAfterSeconds: 7 });
      const { headers, body } = await list();
      expect(headers['retry-after']).toBe('7');
      expect(body).toMatchObject({ details: { retryAfterSeconds: 7 } });
    });

    it('is over after so many times', async () => {
      add({ kind: 'respond', code: 500, times: 2 });
      const codes = [];
      for (let request = 0; request < 3; request++) {
        codes.push((await list()).code);
      }
      expect(codes).toEqual([500, 500, 200]);
    });

    it('strikes the requests that match', async () => {
      add({
        kind: 'respond',
        code: 403,
        match: {
          resource: 'virtualmachineinstancemigrations',
          verb: 'list',
          namespace: 'erp',
        },
      });
      expect(await list()).toMatchObject({ code: 403 });
      expect(await cluster.client.send(`${MIGRATIONS_PATH}/a`)).toMatchObject({
        code: 200,
      });
      expect(await cluster.client.send(INSTANCES_PATH)).toMatchObject({
        code: 200,
      });
      expect(
        await cluster.client.send(MIGRATIONS_PATH.replace('erp', 'crm')),
      ).toMatchObject({ code: 200 });
      expect(await cluster.client.send('/apis')).toMatchObject({ code: 200 });
    });
  });

  it('delay answers by the clock', async () => {
    let arrived: () => void = () => {};
    const arrival = new Promise<void>(resolve => {
      arrived = resolve;
    });
    await cluster.stop();
    cluster = await TestCluster.start({ onRequest: () => arrived() });
    add({ kind: 'delay', delayMs: 5_000, times: 1 });
    let isAnswered = false;
    const answer = list().then(({ code }) => {
      isAnswered = true;
      return code;
    });
    await arrival;
    cluster.clock.advance(4_999);
    expect(await cluster.client.send('/readyz')).toMatchObject({ code: 200 });
    expect(isAnswered).toBe(false);
    cluster.clock.advance(1);
    expect(await answer).toBe(200);
  });

  it('truncate a watch event, once unless told otherwise', async () => {
    const broken = await watch();
    add({ kind: 'truncate-watch-event' });
    cluster.addMigration('b');
    expect(await broken.line()).toMatch(/^\{"type":"ADDED","object":\{"apiV/);
    expect(broken.isBroken).toBe(true);

    const whole = await watch();
    expect(await whole.summaries(1)).toEqual(['ADDED b 4']);
  });

  it('make a watch event as large as is wanted', async () => {
    const stream = await watch();
    add({ kind: 'oversize-watch-event', bytes: 1_000_000 });
    cluster.addMigration('b');
    cluster.addMigration('c');
    const line = await stream.line();
    expect(line?.length).toBeGreaterThan(1_000_000);
    expect(JSON.parse(line ?? '')).toMatchObject({
      type: 'ADDED',
      object: { metadata: { name: 'b' }, spec: { vmiName: 'crm' } },
    });
    expect(await stream.summaries(1)).toEqual(['ADDED c 5']);
  });

  it('end watches with an error', async () => {
    const stream = await watch();
    const other = await cluster.client.watch(
      `${INSTANCES_PATH}?watch=1&resourceVersion=3`,
    );
    add({
      kind: 'end-watches',
      code: 410,
      match: { resource: 'virtualmachineinstancemigrations' },
    });
    expect(await stream.event()).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired' },
    });
    expect(await stream.line()).toBeUndefined();
    expect(stream.isBroken).toBe(false);
    cluster.store.create('virtualmachineinstances', {
      metadata: { name: 'crm', namespace: 'erp' },
    });
    expect(await other.summaries(1)).toEqual(['ADDED crm 4']);
  });

  it('compact the history', async () => {
    cluster.addMigration('b');
    add({ kind: 'compact' });
    const stream = await watch();
    expect(await stream.event()).toMatchObject({
      type: 'ERROR',
      object: { code: 410 },
    });
    expect(cluster.server.faults.list()).toEqual([]);
  });

  it('take a resource away and give it back', async () => {
    const stream = await watch();
    const id = add({
      kind: 'absent',
      resource: 'virtualmachineinstancemigrations',
    });
    expect(await stream.line()).toBeUndefined();
    expect(await list()).toMatchObject({
      code: 404,
      text: '404 page not found\n',
    });
    expect(
      (await cluster.client.send('/apis/kubevirt.io/v1')).text,
    ).not.toContain('virtualmachineinstancemigrations');
    expect(await cluster.client.send(INSTANCES_PATH)).toMatchObject({
      code: 200,
    });
    cluster.server.faults.remove(id);
    expect(await list()).toMatchObject({ code: 200 });
  });

  it('are all switched off at once', async () => {
    add({ kind: 'respond', code: 500 });
    add({ kind: 'stall' });
    cluster.server.faults.clear();
    expect(cluster.server.faults.list()).toEqual([]);
    expect(await list()).toMatchObject({ code: 200 });
  });
});
