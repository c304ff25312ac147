import { setImmediate } from 'node:timers/promises';
import {
  changesPageSchema,
  clusterReadPermission,
  vmMigrationReadPermission,
  vmReadPermission,
  type ChangesPage,
} from 'backstage-plugin-vm-migrations-common';
import { describeEachDatabase } from '../__testUtils__/databases';
import { eventually } from '../__testUtils__/eventually';
import { ManualClock } from '../__testUtils__/ManualClock';
import { migrationObservation } from '../__testUtils__/observations';
import { EventReader } from './__testUtils__/EventReader';
import { startApi, type TestApi } from './__testUtils__/startApi';

describeEachDatabase('the change feed over HTTP', createDatabase => {
  let api: TestApi;
  let clock: ManualClock;

  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-03-04T10:00:00.000Z'));
    api = await startApi({ knex: await createDatabase(), clock });
  });
  afterEach(() => api.stop());

  async function positionOfNow(): Promise<string> {
    return (await api.client.getChanges()).position;
  }

  /** Moves the clock on second by second until the promise is settled. */
  async function secondsUntil<T>(
    promise: Promise<T>,
  ): Promise<{ value: T; seconds: number }> {
    const state = { settled: false };
    const settle = () => {
      state.settled = true;
    };
    promise.then(settle, settle);
    let seconds = 0;
    await eventually(async () => {
      for (let turn = 0; turn < 20 && !state.settled; turn += 1) {
        await setImmediate();
      }
      if (!state.settled) {
        clock.advance(1000);
        seconds += 1;
      }
      expect(state.settled).toBe(true);
    });
    return { value: await promise, seconds };
  }

  describe('page by page', () => {
    it('begins with the position of now', async () => {
      await api.observe(migrationObservation({ uid: 'm1' }));
      expect(await api.client.getChanges()).toMatchObject({
        changes: [],
        more: false,
        reset: false,
      });
    });

    it('tells what changed since, in the order in which it did', async () => {
      const since = await positionOfNow();
      await api.observe(
        migrationObservation({ uid: 'm1' }),
        migrationObservation({ uid: 'm2' }),
      );
      await api.observe(
        migrationObservation({
          uid: 'm1',
          version: 2,
          facts: { phase: 'Running' },
        }),
      );
      const first = await api.client.getChanges({ since, limit: 1 });
      expect(first).toMatchObject({
        changes: [{ type: 'migration', migration: { id: 'm2' } }],
        more: true,
      });
      const second = await api.client.getChanges({
        since: first.position,
        limit: 1,
      });
      expect(second).toMatchObject({
        changes: [{ migration: { id: 'm1', phase: 'Running' } }],
        more: false,
      });
      expect(second.position).toBe(await positionOfNow());
    });

    it('starts again when the position is of another database', async () => {
      const since = `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}.5`;
      expect(await api.client.getChanges({ since })).toEqual({
        changes: [],
        position: await positionOfNow(),
        more: false,
        reset: true,
      });
    });
  });

  describe('waiting', () => {
    it('answers at once when there is something', async () => {
      const since = await positionOfNow();
      await api.observe(migrationObservation({ uid: 'm1' }));
      const { changes } = await api.client.getChanges({
        since,
        waitMs: 30_000,
      });
      expect(changes).toHaveLength(1);
    });

    it('answers when this replica commits, without any time passing', async () => {
      const since = await positionOfNow();
      const waiting = api.client.getChanges({ since, waitMs: 30_000 });
      await eventually(() => expect(api.changes.waiting).toBe(1));
      await api.observe(migrationObservation({ uid: 'm1' }));
      expect((await waiting).changes).toMatchObject([
        { migration: { id: 'm1' } },
      ]);
    });

    it('answers a second later when another replica commits', async () => {
      const since = await positionOfNow();
      const waiting = api.client.getChanges({ since, waitMs: 30_000 });
      await eventually(() => expect(api.changes.waiting).toBe(1));
      await api.observeElsewhere(migrationObservation({ uid: 'm1' }));
      clock.advance(1000);
      expect((await waiting).changes).toMatchObject([
        { migration: { id: 'm1' } },
      ]);
    });

    it('answers without changes when the time is over', async () => {
      const since = await positionOfNow();
      const { value, seconds } = await secondsUntil(
        api.client.getChanges({ since, waitMs: 5000 }),
      );
      expect(value).toMatchObject({ changes: [], position: since });
      expect(seconds).toBeGreaterThanOrEqual(5);
    });

    it('is not held up without a position', async () => {
      expect(await api.client.getChanges({ waitMs: 30_000 })).toMatchObject({
        changes: [],
      });
    });

    it('ends when the client goes away', async () => {
      const since = await positionOfNow();
      const controller = new AbortController();
      const waiting = api.client
        .getChanges({ since, waitMs: 30_000, signal: controller.signal })
        .catch(error => error);
      await eventually(() => expect(api.changes.waiting).toBe(1));
      controller.abort();
      expect(await waiting).toMatchObject({ name: 'AbortError' });
      await eventually(() => expect(api.changes.waiting).toBe(0));
    });

    it('ends when the backend stops', async () => {
      const since = await positionOfNow();
      const waiting = api.client.getChanges({ since, waitMs: 30_000 });
      await eventually(() => expect(api.changes.waiting).toBe(1));
      api.changes.stop();
      expect(await waiting).toMatchObject({ changes: [] });
    });

    it('is refused to more than a thousand at once', async () => {
      const since = await positionOfNow();
      const url = `${api.baseUrl}/v1/changes?since=${since}&wait=30`;
      const waiting = Array.from({ length: 1000 }, () => fetch(url));
      await eventually(() => expect(api.changes.waiting).toBe(1000));
      expect(await api.get(`/changes?since=${since}&wait=30`)).toMatchObject({
        status: 503,
        body: { error: { name: 'ServiceUnavailableError' } },
      });
      expect(await api.get(`/changes?since=${since}`)).toMatchObject({
        status: 200,
      });
      api.changes.stop();
      await Promise.all(waiting.map(async answer => (await answer).text()));
    }, 60_000);
  });

  describe('as events', () => {
    let open: EventReader[] = [];

    async function events(
      path = '/events',
      headers: Record<string, string> = {},
    ): Promise<EventReader> {
      const reader = await EventReader.open(
        `${api.baseUrl}/v1${path}`,
        headers,
      );
      open.push(reader);
      return reader;
    }

    afterEach(() => {
      open.forEach(reader => reader.close());
      open = [];
    });

    function changesOf(data: string | undefined): ChangesPage['changes'] {
      return changesPageSchema.shape.changes.parse([JSON.parse(data ?? '')]);
    }

    it('says that it is one and must not be held back', async () => {
      const { response } = await events();
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain(
        'text/event-stream',
      );
      expect(response.headers.get('cache-control')).toContain('no-transform');
    });

    it('begins with the position of now and goes on with what changes', async () => {
      const reader = await events();
      expect(await reader.next()).toEqual({ retry: '2000' });
      expect(await reader.next()).toEqual({ id: await positionOfNow() });
      await api.observe(migrationObservation({ uid: 'm1' }));
      const { value: event } = await secondsUntil(reader.nextEvent());
      expect(event).toMatchObject({
        id: await positionOfNow(),
        event: 'migration',
      });
      expect(changesOf(event.data)).toMatchObject([
        { type: 'migration', migration: { id: 'm1' } },
      ]);
    });

    it('gives the id with the last event of a page, which holds the page', async () => {
      const since = await positionOfNow();
      await api.observe(
        migrationObservation({ uid: 'm1' }),
        migrationObservation({ uid: 'm2' }),
      );
      const reader = await events(`/events?since=${since}`);
      expect(await reader.nextEvent()).not.toHaveProperty('id');
      expect(await reader.nextEvent()).toMatchObject({
        id: await positionOfNow(),
      });
    });

    it('goes on after Last-Event-ID, whatever since says', async () => {
      const since = await positionOfNow();
      await api.observe(migrationObservation({ uid: 'm1' }));
      const last = await positionOfNow();
      await api.observe(migrationObservation({ uid: 'm2' }));
      const reader = await events(`/events?since=${since}`, {
        'Last-Event-ID': last,
      });
      expect(changesOf((await reader.nextEvent()).data)).toMatchObject([
        { migration: { id: 'm2' } },
      ]);
    });

    it('tells to start again when the position is of another database', async () => {
      const reader = await events('/events', {
        'Last-Event-ID': `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}.5`,
      });
      expect(await reader.nextEvent()).toEqual({
        event: 'reset',
        data: '{}',
        id: await positionOfNow(),
      });
    });

    it('breaks the silence with comments', async () => {
      const reader = await events();
      await reader.next();
      await reader.next();
      const { value } = await secondsUntil(reader.next());
      expect(value).toEqual({ '': 'nothing new' });
    });

    it('stops to tell what the caller may no longer see', async () => {
      const reader = await events();
      await reader.next();
      await reader.next();
      api.policy.deny(vmMigrationReadPermission);
      await api.observe(migrationObservation({ uid: 'm1' }));
      const { value } = await secondsUntil(reader.next());
      expect(value).toEqual({ id: await positionOfNow() });
      api.policy.deny(vmReadPermission, clusterReadPermission);
      expect((await secondsUntil(reader.next())).value).toBeUndefined();
    });

    it('ends when the backend stops', async () => {
      const reader = await events();
      await reader.next();
      await reader.next();
      api.changes.stop();
      expect((await secondsUntil(reader.next())).value).toBeUndefined();
    });

    it('is forgotten when the client goes away', async () => {
      const reader = await events();
      await reader.next();
      await reader.next();
      clock.advance(50);
      await eventually(() => expect(api.changes.waiting).toBe(1));
      reader.close();
      await eventually(() => expect(api.changes.waiting).toBe(0));
    });
  });
});
