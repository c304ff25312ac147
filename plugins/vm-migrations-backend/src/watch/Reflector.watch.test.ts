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

  describe('watches', () => {
    it('and passes on each event when the one before it is taken', async () => {
      const watch = await harness.startWatching();
      let take: () => void = () => {};
      sink.intercept = async call => {
        if (call === 'ADDED b@11') {
          await new Promise<void>(resolve => {
            take = resolve;
          });
        }
      };
      watch
        .event('ADDED', vm('b', 11))
        .event('MODIFIED', vm('b', 12, { spec: { running: true } }))
        .event('DELETED', vm('a', 13))
        .bookmark('20');
      await new Promise(resolve => setTimeout(resolve, 20));
      expect(sink.calls).toEqual(['listing', 'page a@5', 'listed 10']);

      take();
      await sink.called('bookmark 20');
      expect(sink.calls.slice(3)).toEqual([
        'ADDED b@11',
        'MODIFIED b@12',
        'DELETED a@13',
        'bookmark 20',
      ]);
      expect(sink.objects.at(-2)).toMatchObject({ spec: { running: true } });
    });

    it('from the stored position after a restart, without a list', async () => {
      harness.start({ resumeFrom: '77' });

      const watch = (await api.next('watch from 77')).open();
      watch.event('ADDED', vm('b', 78));
      await sink.called('ADDED b@78');
      expect(sink.calls).toEqual(['ADDED b@78']);
      clock.advance(1_000);
      await sink.reports({ phase: 'watching', resourceVersion: '78' });
    });

    it('on from the last position when the server ends a watch in order', async () => {
      const watch = await harness.startWatching();
      clock.advance(5_000);
      watch.event('ADDED', vm('b', 11)).bookmark('20').end();

      const next = (await api.next('watch from 20')).open();
      next.event('ADDED', vm('c', 21));
      await sink.called('ADDED c@21');
      expect(sink.calls.filter(call => call === 'listing')).toHaveLength(1);
      expect(sink.healths.map(({ phase }) => phase)).not.toContain(
        'backing-off',
      );
    });

    it('with pauses when the server ends watches at once', async () => {
      const watch = await harness.startWatching();
      watch.end();

      await sink.reports({
        phase: 'backing-off',
        problem: 'server-error',
        lastError: 'The API server ends watches at once (after 0 ms)',
        consecutiveFailures: 1,
      });
      expect(clock.sleeps.at(-1)).toBe(400);
      clock.advance(400);
      expect((await api.next()).what).toBe('watch from 10');
    });

    it('with a random time limit', async () => {
      harness.start({ resumeFrom: '1', random: () => 0.999 });
      expect(
        (await api.next('watch from 1')).request.query.timeoutSeconds,
      ).toBe('600');
    });

    it('events of types it does not know, and bookmarks without a position', async () => {
      const watch = await harness.startWatching();
      watch
        .event('EXPLODED', vm('b', 11))
        .event('BOOKMARK', { metadata: {} })
        .raw('\r\n')
        .event('ADDED', vm('c', 12));
      await sink.called('ADDED c@12');
      expect(sink.calls.slice(3)).toEqual(['ADDED c@12']);
    });

    it('a server that goes silent beyond its own limit (half-open)', async () => {
      const watch = await harness.startWatching();
      clock.advance(450_000);
      await new Promise(resolve => setTimeout(resolve, 20));
      expect(sink.lastHealth.phase).toBe('watching');

      clock.advance(30_000);
      await harness.backOff({
        problem: 'unreachable',
        lastError: 'The connection was silent for 480 s and is given up',
      });
      await watch.closed();
      expect((await api.next()).what).toBe('watch from 10');
    });

    it('a server whose bookmarks stop coming (half-open)', async () => {
      const watch = await harness.startWatching();
      for (const version of ['20', '30']) {
        watch.bookmark(version);
        await sink.called(`bookmark ${version}`);
        clock.advance(60_000);
      }
      clock.advance(119_000);
      await new Promise(resolve => setTimeout(resolve, 20));
      expect(sink.lastHealth.phase).toBe('watching');

      clock.advance(1_000);
      await harness.backOff({ problem: 'unreachable' });
      expect((await api.next()).what).toBe('watch from 30');
    });

    it('a server that accepts the connection and never answers', async () => {
      harness.start({ resumeFrom: '10' });
      await api.next('watch from 10');
      clock.advance(60_000);

      await harness.backOff({ problem: 'unreachable' });
      expect((await api.next()).what).toBe('watch from 10');
    });

    it('patiently while the sink takes its time', async () => {
      const watch = await harness.startWatching();
      let take: () => void = () => {};
      sink.intercept = () =>
        new Promise<void>(resolve => {
          take = resolve;
        });
      watch.event('ADDED', vm('b', 11));
      await new Promise(resolve => setTimeout(resolve, 20));
      clock.advance(450_000);
      clock.advance(450_000);
      await new Promise(resolve => setTimeout(resolve, 20));

      take();
      await sink.called('ADDED b@11');
      expect(sink.lastHealth.phase).toBe('watching');
    });
  });

  describe('resumes', () => {
    it('after the last complete line when the connection breaks within one', async () => {
      const watch = await harness.startWatching();
      watch.event('ADDED', vm('b', 11)).raw('{"type":"ADDED","object":{');
      await sink.called('ADDED b@11');
      watch.cut();

      await harness.backOff({ problem: 'unreachable' });
      expect((await api.next()).what).toBe('watch from 11');
    });

    it('after the last complete line when the answer ends within one', async () => {
      const watch = await harness.startWatching();
      watch.event('ADDED', vm('b', 11)).raw('{"type":"ADDED","object":{').end();

      await harness.backOff({
        problem: 'unreachable',
        lastError: 'The connection broke within an event',
      });
      expect((await api.next()).what).toBe('watch from 11');
    });

    it('after a last line without a line feed', async () => {
      const watch = await harness.startWatching();
      clock.advance(5_000);
      watch.raw(JSON.stringify({ type: 'ADDED', object: vm('b', 11) })).end();

      await sink.called('ADDED b@11');
      expect((await api.next()).what).toBe('watch from 11');
    });

    it('where the sink has last taken something', async () => {
      const watch = await harness.startWatching();
      sink.intercept = async call => {
        if (call === 'MODIFIED b@12') {
          throw new Error('database is locked');
        }
      };
      watch
        .event('ADDED', vm('b', 11))
        .event('MODIFIED', vm('b', 12))
        .event('MODIFIED', vm('b', 13));

      await sink.reports({
        phase: 'backing-off',
        problem: undefined,
        lastError:
          'What the cluster sent could not be stored; it is read again',
      });
      expect(harness.logger.error).toHaveBeenCalledWith(
        expect.stringContaining('database is locked'),
      );
      await watch.closed();
      sink.intercept = async () => {};
      clock.advance(60_000);

      const again = (await api.next('watch from 11')).open();
      again.event('MODIFIED', vm('b', 12)).event('MODIFIED', vm('b', 13));
      await sink.called('MODIFIED b@13');
      expect(sink.calls.slice(3)).toEqual([
        'ADDED b@11',
        'MODIFIED b@12',
        'MODIFIED b@13',
      ]);
    });

    it('with a new list when the sink failed within one', async () => {
      harness.start();
      sink.intercept = async call => {
        if (call === 'listed 10') {
          throw new Error('database is locked');
        }
      };
      (await api.next('list')).list({ items: [], resourceVersion: '10' });
      await sink.reports({ phase: 'backing-off' });
      sink.intercept = async () => {};
      clock.advance(60_000);

      (await api.next('list')).list({ items: [], resourceVersion: '11' });
      expect((await api.next()).what).toBe('watch from 11');
    });

    it('when the server comes back', async () => {
      const watch = await harness.startWatching();
      const { port } = api.server;
      watch.event('ADDED', vm('b', 11));
      await sink.called('ADDED b@11');
      await api.server.close();
      await harness.backOff({ problem: 'unreachable' });
      await harness.backOff({
        lastError: `127.0.0.1:${port} refuses connections`,
        consecutiveFailures: 2,
      });
      await sink.reports({ phase: 'backing-off', consecutiveFailures: 3 });

      await api.server.listen(port);
      clock.advance(60_000);
      (await api.next('watch from 11')).open();
      await sink.reports({ phase: 'watching' });
      expect(sink.lastHealth).toMatchObject({ consecutiveFailures: 3 });
      expect(sink.lastHealth).not.toMatchObject({
        problem: expect.anything(),
        lastError: expect.anything(),
      });
    });
  });
});
