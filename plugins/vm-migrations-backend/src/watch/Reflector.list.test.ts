import { ListSlots } from './ListSlots';
import { ReflectorHarness, vm } from './__testUtils__/ReflectorHarness';
import type { ScriptedApi } from './__testUtils__/ScriptedApi';
import type { TestSink } from './__testUtils__/TestSink';
import type { TestClock } from './__testUtils__/TestClock';

describe('Reflector', () => {
  let harness: ReflectorHarness;
  let api: ScriptedApi;
  let sink: TestSink;
  let clock: TestClock;

  beforeEach(async () => {
    harness = await ReflectorHarness.create();
    ({ api, sink, clock } = harness);
  });

  afterEach(async () => {
    await harness.close();
  });

  describe('lists', () => {
    it('page by page, and watches from the version of the list', async () => {
      harness.start();

      const first = await api.next('list');
      expect(first.request).toMatchObject({
        path: '/apis/kubevirt.io/v1/virtualmachines',
        query: { limit: '1' },
      });
      first.list({ items: [vm('a', 1)], resourceVersion: '9', continue: 'p2' });

      const second = await api.next('list on from p2');
      expect(second.request.query).toEqual({ limit: '500', continue: 'p2' });
      second.list({
        items: [vm('b', 2), vm('c', 3)],
        resourceVersion: '9',
        continue: 'p3',
      });

      const third = await api.next('list on from p3');
      expect(third.request.query).toEqual({ limit: '500', continue: 'p3' });
      third.list({ items: [vm('d', 4)], resourceVersion: '9' });

      const watch = await api.next('watch from 9');
      expect(watch.request.query).toEqual({
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: '9',
        timeoutSeconds: '450',
      });
      expect(sink.calls).toEqual([
        'listing',
        'page a@1',
        'page b@2 c@3',
        'page d@4',
        'listed 9',
      ]);
      expect(sink.lastHealth).toMatchObject({
        phase: 'listing',
        resourceVersion: '9',
        lastListAt: new Date(clock.now()).toISOString(),
      });
    });

    it('an empty resource', async () => {
      harness.start();
      (await api.next('list')).list({ items: [], resourceVersion: '9' });

      await api.next('watch from 9');
      expect(sink.calls).toEqual(['listing', 'page', 'listed 9']);
    });

    it('objects that leave apiVersion and kind to their list', async () => {
      harness.start();
      const { metadata } = vm('a', 1);
      (await api.next('list')).list({
        items: [{ metadata }],
        resourceVersion: '9',
      });

      await api.next('watch from 9');
      expect(sink.objects).toEqual([
        { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata },
      ]);
    });

    it('again from the beginning when the server forgets between pages', async () => {
      harness.start();
      (await api.next('list')).list({
        items: [vm('a', 1)],
        resourceVersion: '9',
        continue: 'p2',
      });
      (await api.next('list on from p2')).status(410, 'Expired');

      const again = await api.next('list');
      expect(again.request.query).toEqual({ limit: '1' });
      again.list({ items: [vm('b', 12)], resourceVersion: '12' });

      await api.next('watch from 12');
      expect(sink.calls).toEqual([
        'listing',
        'page a@1',
        'listing',
        'page b@12',
        'listed 12',
      ]);
    });

    it('with pauses when the server forgets between pages every time', async () => {
      harness.start();
      for (let round = 0; round < 2; round += 1) {
        (await api.next('list')).list({
          items: [vm('a', 1)],
          resourceVersion: '9',
          continue: 'p2',
        });
        (await api.next('list on from p2')).status(410, 'Expired');
      }

      await sink.reports({
        phase: 'backing-off',
        problem: 'server-error',
        consecutiveFailures: 2,
      });
      expect(api.waiting).toBe(0);
    });

    it('again when the connection breaks within a page', async () => {
      harness.start();
      (await api.next('list')).open().raw('{"kind":"List","items":[').cut();
      await harness.backOff({ problem: 'unreachable' });

      (await api.next('list')).list({ items: [], resourceVersion: '9' });
      expect((await api.next()).what).toBe('watch from 9');
    });

    it('again when the answer is no list', async () => {
      harness.start();
      (await api.next('list')).open().raw('<html>').end();
      await harness.backOff({
        problem: 'protocol',
        lastError: 'The answer to a list is no JSON',
      });
      (await api.next('list')).open().raw('{"items":[]}').end();
      await harness.backOff({
        lastError:
          'The answer to a list is no Kubernetes list with items and a resourceVersion',
      });
      (await api.next('list')).list({
        items: [{ metadata: { name: 'a' } }],
        resourceVersion: '9',
      });
      await harness.backOff({
        lastError:
          'A list contains an item without name, uid or resourceVersion',
      });
      (await api.next('list')).list({ items: [], resourceVersion: '9' });
      expect((await api.next()).what).toBe('watch from 9');
    });

    it('in smaller pages when one is too large to be held', async () => {
      harness.start();
      (await api.next('list')).list({
        items: [],
        resourceVersion: '9',
        continue: 'p2',
      });
      const large = (await api.next('list on from p2')).open();
      const mebibyte = Buffer.alloc(1024 * 1024, 0x20);
      for (let sent = 0; sent <= 64; sent += 1) {
        large.raw(mebibyte);
      }

      (await api.next('list')).list({
        items: [],
        resourceVersion: '9',
        continue: 'p2',
      });
      expect((await api.next('list on from p2')).request.query.limit).toBe(
        '250',
      );
    });

    it('and gives up a server that goes silent within a page', async () => {
      harness.start();
      const list = (await api.next('list')).open().raw('{');
      const closed = list.closed();
      // What was sent may still be under way when time begins to pass.
      while (sink.lastHealth.phase !== 'backing-off') {
        await new Promise(resolve => setTimeout(resolve, 1));
        clock.advance(5_000);
      }

      await closed;
      expect(sink.lastHealth).toMatchObject({
        problem: 'unreachable',
        lastError: expect.stringMatching(
          /^The connection was silent for 6\d s and is given up$/,
        ),
      });
    });

    it('no more pages at once than there are slots, begun lists first', async () => {
      const slots = new ListSlots(1);
      const release = await slots.acquire(harness.stop.signal, false);
      harness.start({ listSlots: slots });
      (await api.next('list')).list({
        items: [vm('a', 1)],
        resourceVersion: '9',
        continue: 'p2',
      });
      await sink.called('page a@1');
      await new Promise(resolve => setTimeout(resolve, 20));
      expect(api.waiting).toBe(0);

      release();
      (await api.next('list on from p2')).list({
        items: [],
        resourceVersion: '9',
      });
      await sink.called('listed 9');
    });
  });

  describe('lists again', () => {
    it('when a position has expired by HTTP status', async () => {
      harness.start({ resumeFrom: '3' });
      (await api.next('watch from 3')).status(410, 'Expired');

      (await api.next('list')).list({
        items: [vm('b', 20)],
        resourceVersion: '30',
      });
      await api.next('watch from 30');
      expect(sink.calls).toEqual(['listing', 'page b@20', 'listed 30']);
      expect(sink.healths.map(({ problem }) => problem)).not.toContain(
        'server-error',
      );
    });

    it('when a position has expired within the stream', async () => {
      const watch = await harness.startWatching();
      watch.event('ERROR', {
        kind: 'Status',
        code: 410,
        reason: 'Expired',
        message: 'too old resource version: 10 (99)',
      });

      (await api.next('list')).list({ items: [], resourceVersion: '100' });
      await api.next('watch from 100');
      expect(sink.calls.slice(3)).toEqual(['listing', 'page', 'listed 100']);
    });

    it('with pauses when every position has expired', async () => {
      const watch = await harness.startWatching();
      const gone = { kind: 'Status', code: 410, reason: 'Expired' };
      watch.event('ERROR', gone);
      (await api.next('list')).list({ items: [], resourceVersion: '11' });
      (await api.next('watch from 11')).open().event('ERROR', gone);

      await sink.reports({
        phase: 'backing-off',
        problem: 'server-error',
        consecutiveFailures: 2,
      });
      expect(api.waiting).toBe(0);
      clock.advance(60_000);
      expect((await api.next()).what).toBe('list');
    });

    it('at once when the server has been away and forgot the position', async () => {
      const watch = await harness.startWatching();
      watch.cut();
      await harness.backOff({ problem: 'unreachable' });
      (await api.next('watch from 10')).cut();
      await harness.backOff({ consecutiveFailures: 2 });
      (await api.next('watch from 10')).status(410, 'Expired');

      expect((await api.next()).what).toBe('list');
    });

    it('after a line that is no JSON', async () => {
      const watch = await harness.startWatching();
      watch.raw('{"type":"ADDED",\n');

      await harness.backOff({
        problem: 'protocol',
        lastError: 'A line of the watch is no JSON',
      });
      expect((await api.next()).what).toBe('list');
    });

    it('after a line that is too long', async () => {
      const watch = await harness.startWatching();
      const mebibyte = 'x'.repeat(1024 * 1024);
      for (let sent = 0; sent < 9; sent += 1) {
        watch.raw(mebibyte);
      }

      await harness.backOff({
        problem: 'protocol',
        lastError: 'A line of the watch is longer than 8388608 bytes',
      });
      expect((await api.next()).what).toBe('list');
    });

    it('after an event without a position', async () => {
      const watch = await harness.startWatching();
      watch.event('ADDED', { metadata: { name: 'b' } });

      await harness.backOff({
        problem: 'protocol',
        lastError:
          'An event has an object without name, uid or resourceVersion',
      });
      expect((await api.next()).what).toBe('list');
    });

    it('after three streams in a row that end with an error', async () => {
      harness.start({ resumeFrom: '10' });
      for (let round = 0; round < 3; round += 1) {
        (await api.next('watch from 10')).open().event('ERROR', {
          kind: 'Status',
          code: 500,
          reason: 'InternalError',
          message: 'etcd event received with PrevKv=nil',
        });
        await harness.backOff({
          problem: 'server-error',
          lastError:
            'The API server fails (500 InternalError): etcd event received with PrevKv=nil',
          consecutiveFailures: round + 1,
        });
      }
      (await api.next('watch from 10')).open().event('ERROR', {
        kind: 'Status',
        code: 500,
        reason: 'InternalError',
      });
      await harness.backOff({ consecutiveFailures: 4 });

      expect((await api.next()).what).toBe('list');
    });
  });
});
