import { ReflectorHarness } from './__testUtils__/ReflectorHarness';
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

  describe('is refused', () => {
    it('401: fetches new credentials and goes on without a pause', async () => {
      harness.start({ resumeFrom: '10' });
      (await api.next('watch from 10')).status(401, 'Unauthorized');

      const watch = await api.next('watch from 10');
      expect(watch.request.headers.authorization).toBe('Bearer token-2');
      watch.open();
      await sink.reports({ phase: 'watching' });
      expect(sink.healths.map(({ phase }) => phase)).not.toContain(
        'backing-off',
      );
    });

    it('401 with the new credentials, too: waits, and tries with others', async () => {
      harness.start({ resumeFrom: '10' });
      (await api.next('watch from 10')).status(401, 'Unauthorized');
      (await api.next('watch from 10')).status(401, 'Unauthorized');
      await harness.backOff({
        problem: 'unauthorized',
        lastError:
          'The API server does not accept the credentials: message of Unauthorized',
      });

      (await api.next('watch from 10')).status(401, 'Unauthorized');
      const watch = await api.next('watch from 10');
      expect(watch.request.headers.authorization).toBe('Bearer token-3');
      watch.open();
      await sink.reports({ phase: 'watching', problem: undefined });
    });

    it('credentials that cannot be had: waits', async () => {
      harness.connect.mockRejectedValueOnce(
        new Error('the token file is gone'),
      );
      harness.start({ resumeFrom: '10' });
      await harness.backOff({
        problem: 'unauthorized',
        lastError: 'No credentials for the cluster: the token file is gone',
      });

      expect((await api.next()).what).toBe('watch from 10');
    });

    it('403: says what is missing, and goes on when it is granted', async () => {
      harness.start();
      (await api.next('list')).status(403, 'Forbidden');
      await harness.backOff({
        problem: 'forbidden',
        lastError:
          'The credentials do not allow to list and watch virtualmachines.kubevirt.io: message of Forbidden',
      });

      (await api.next('list')).list({ items: [], resourceVersion: '10' });
      (await api.next('watch from 10')).open();
      await sink.reports({ phase: 'watching' });
      expect(sink.lastHealth.problem).toBeUndefined();
    });

    it('403 again and again: tries once a minute at most', async () => {
      harness.start();
      for (let round = 0; round < 9; round += 1) {
        (await api.next('list')).status(403, 'Forbidden');
        await harness.backOff({ consecutiveFailures: round + 1 });
      }
      await api.next('list');
      expect(
        clock.sleeps.filter(ms => ms === 30_000).length,
      ).toBeGreaterThanOrEqual(2);
    });

    it('404: says that the resource is absent, and lists when it appears', async () => {
      const watch = await harness.startWatching();
      clock.advance(5_000);
      watch.end();
      (await api.next('watch from 10')).status(404, 'NotFound');
      await harness.backOff({
        problem: 'absent',
        lastError:
          'The cluster does not have virtualmachines.kubevirt.io in version v1: its CustomResourceDefinition is not installed',
      });

      (await api.next('list')).status(404, 'NotFound');
      await harness.backOff({ consecutiveFailures: 2 });
      (await api.next('list')).list({ items: [], resourceVersion: '90' });
      (await api.next('watch from 90')).open();
      await sink.reports({ phase: 'watching' });
      expect(sink.lastHealth.problem).toBeUndefined();
    });

    it('429: waits as long as the server asks, and a little more', async () => {
      harness.start({ resumeFrom: '10' });
      (await api.next('watch from 10')).status(429, 'TooManyRequests', {
        'retry-after': '7',
      });
      await sink.reports({ phase: 'backing-off', problem: 'throttled' });
      expect(clock.sleeps.at(-1)).toBe(7_400);

      clock.advance(7_400);
      expect((await api.next()).what).toBe('watch from 10');
    });

    it('429 for a whole day: does not believe it', async () => {
      harness.start({ resumeFrom: '10' });
      (await api.next('watch from 10')).status(429, 'TooManyRequests', {
        'retry-after': '86400',
      });
      await sink.reports({ phase: 'backing-off' });
      expect(clock.sleeps.at(-1)).toBe(120_400);
    });

    it('500: keeps its position', async () => {
      harness.start({ resumeFrom: '10' });
      for (let round = 0; round < 5; round += 1) {
        (await api.next('watch from 10')).status(500, 'InternalError');
        await harness.backOff({
          problem: 'server-error',
          consecutiveFailures: round + 1,
        });
      }
      expect((await api.next()).what).toBe('watch from 10');
    });

    it('400: says so', async () => {
      harness.start({ resumeFrom: '10' });
      (await api.next('watch from 10')).status(400, 'BadRequest');
      await sink.reports({ phase: 'backing-off' });
      expect(sink.lastHealth).toMatchObject({
        problem: 'protocol',
        lastError:
          'The API server does not understand the request (400 BadRequest): message of BadRequest',
      });
    });
  });

  describe('backs off', () => {
    it('twice as long after each failure, up to half a minute', async () => {
      const before = clock.sleeps.length;
      harness.start({ resumeFrom: '10', random: () => 0.999 });
      for (let round = 0; round < 8; round += 1) {
        (await api.next('watch from 10')).cut();
        await harness.backOff({ consecutiveFailures: round + 1 });
      }
      await api.next('watch from 10');
      const pauses = clock.sleeps.slice(before).filter(ms => ms !== 10_000);
      expect(pauses.map(ms => Math.round(ms / 0.999))).toEqual([
        800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000,
      ]);
    });

    it('as at first again after a watch that lasted', async () => {
      harness.start({ resumeFrom: '10' });
      for (let round = 0; round < 3; round += 1) {
        (await api.next('watch from 10')).cut();
        await harness.backOff({ consecutiveFailures: round + 1 });
      }
      const watch = (await api.next('watch from 10')).open();
      await sink.reports({ phase: 'watching', consecutiveFailures: 3 });
      clock.advance(30_000);
      watch.bookmark('20');
      await sink.reports({ resourceVersion: '20', consecutiveFailures: 0 });

      watch.cut();
      await sink.reports({ phase: 'backing-off', consecutiveFailures: 1 });
      expect(clock.sleeps.at(-1)).toBe(400);
    });

    it('on when a watch opens and breaks at once', async () => {
      const before = clock.sleeps.length;
      harness.start({ resumeFrom: '10' });
      for (let round = 0; round < 3; round += 1) {
        const watch = (await api.next('watch from 10')).open();
        await sink.reports({ phase: 'watching' });
        watch.cut();
        await harness.backOff({ consecutiveFailures: round + 1 });
      }
      expect(clock.sleeps.slice(before).filter(ms => ms < 10_000)).toEqual([
        400, 800, 1_600,
      ]);
    });
  });
});
