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

  describe('reports', () => {
    it('nothing wrong from a good start on', async () => {
      await harness.startWatching();

      expect(sink.healths.map(({ phase }) => phase)).toEqual([
        'connecting',
        'listing',
        'listing',
        'watching',
      ]);
      const at = new Date(clock.now()).toISOString();
      expect(sink.lastHealth).toEqual({
        resource: 'virtualmachines',
        phase: 'watching',
        since: at,
        lastListAt: at,
        resourceVersion: '10',
        consecutiveFailures: 0,
      });
    });

    it('events once per second, the first and the last of a burst', async () => {
      const watch = await harness.startWatching();
      clock.advance(5_000);
      const before = sink.healths.length;
      for (let version = 11; version <= 60; version += 1) {
        watch.event('MODIFIED', vm('a', version));
      }
      await sink.called('MODIFIED a@60');
      expect(sink.healths).toHaveLength(before + 1);
      expect(sink.lastHealth.resourceVersion).toBe('11');

      clock.advance(1_000);
      await sink.reports({ resourceVersion: '60' });
      expect(sink.healths).toHaveLength(before + 2);
      expect(sink.lastHealth.lastEventAt).toBe(
        new Date(clock.now() - 1_000).toISOString(),
      );
    });

    it('a problem until the cluster answers, and logs it once', async () => {
      harness.start({ resumeFrom: '10' });
      for (let round = 0; round < 3; round += 1) {
        (await api.next('watch from 10')).status(500, 'InternalError');
        await harness.backOff();
        await sink.reports({
          phase: 'connecting',
          problem: 'server-error',
          consecutiveFailures: round + 1,
        });
      }
      (await api.next('watch from 10')).open();
      await sink.reports({ phase: 'watching', problem: undefined });

      expect(harness.logger.warn).toHaveBeenCalledTimes(1);
      expect(harness.logger.info).toHaveBeenCalledWith(
        'The cluster answers again: watching',
      );
    });
  });

  describe('stops', () => {
    it('while connecting', async () => {
      harness.start();
      const list = await api.next('list');
      expect(await harness.stopped()).toBe('stopped');
      await list.closed();
    });

    it('while fetching credentials', async () => {
      harness.connect.mockReturnValue(new Promise(() => {}));
      harness.start();
      await sink.reports({ phase: 'connecting' });
      expect(await harness.stopped()).toBe('stopped');
    });

    it('while listing', async () => {
      harness.start();
      const list = (await api.next('list')).open().raw('{');
      await new Promise(resolve => setTimeout(resolve, 20));
      expect(await harness.stopped()).toBe('stopped');
      await list.closed();
      expect(sink.calls).toEqual([]);
    });

    it('while waiting for a slot', async () => {
      const listSlots = new ListSlots(0);
      harness.start({ listSlots });
      (await api.next('list')).list({
        items: [],
        resourceVersion: '9',
        continue: 'p2',
      });
      await sink.called('page');
      expect(await harness.stopped()).toBe('stopped');
    });

    it('while watching', async () => {
      const watch = await harness.startWatching();
      expect(await harness.stopped()).toBe('stopped');
      await watch.closed();
    });

    it('while backing off', async () => {
      harness.start();
      (await api.next('list')).status(500, 'InternalError');
      await sink.reports({ phase: 'backing-off' });
      expect(await harness.stopped()).toBe('stopped');
      clock.advance(60_000);
      expect(api.waiting).toBe(0);
    });

    it('when the sink has taken the event it works on, and not before', async () => {
      const watch = await harness.startWatching();
      let take: () => void = () => {};
      sink.intercept = () =>
        new Promise<void>(resolve => {
          take = resolve;
        });
      watch.event('ADDED', vm('b', 11)).event('ADDED', vm('c', 12));
      await new Promise(resolve => setTimeout(resolve, 20));
      harness.stop.abort();
      const ended = jest.fn();
      void harness.ended().then(ended);
      await new Promise(resolve => setTimeout(resolve, 20));
      expect(ended).not.toHaveBeenCalled();

      take();
      await harness.ended();
      expect(sink.calls.slice(3)).toEqual(['ADDED b@11']);
    });

    it('before it has begun', async () => {
      harness.stop.abort();
      harness.start();
      await harness.ended();
      expect(api.waiting).toBe(0);
      expect(sink.healths.map(({ phase }) => phase)).toEqual(['stopped']);
    });
  });
});
