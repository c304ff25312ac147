import type { Change } from 'backstage-plugin-vm-migrations-common';
import { endedMigration, migration } from '../__testUtils__/migration';
import { ScriptedServer } from '../__testUtils__/ScriptedServer';
import { CHECK_INTERVAL, LiveFeed, POLL_INTERVAL } from './LiveFeed';
import { LiveStore } from './LiveStore';

const NOW = Date.parse('2026-03-04T10:00:00.000Z');

function changed(record: ReturnType<typeof migration>): Change {
  return { type: 'migration', migration: record };
}

/** A tab that a test hides and shows. */
class Tab {
  #visible = true;
  readonly #listeners = new Set<() => void>();

  isVisible = () => this.#visible;

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(visible: boolean) {
    this.#visible = visible;
    this.#listeners.forEach(listener => listener());
  }
}

describe('LiveFeed', () => {
  let server: ScriptedServer;
  let store: LiveStore;
  let tab: Tab;
  let feed: LiveFeed;
  let stop: () => void;

  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
    server = new ScriptedServer();
    store = new LiveStore();
    tab = new Tab();
    feed = new LiveFeed({
      api: server,
      store,
      visibility: tab,
      random: () => 1,
    });
    stop = () => {};
  });

  afterEach(() => {
    stop();
    jest.useRealTimers();
  });

  async function start(signals = true) {
    stop = feed.start({ signals });
    await jest.advanceTimersByTimeAsync(0);
    server.asked.length = 0;
  }

  function after(ms: number) {
    return jest.advanceTimersByTimeAsync(ms);
  }

  /** Rings for all that was pushed. */
  function ring() {
    feed.ring(server.revision);
  }

  function phaseOf(id: string) {
    return store.getMigration(id)?.phase;
  }

  it('loads a snapshot and then asks for what changed since it', async () => {
    server.active = [migration()];
    server.push(changed(endedMigration({ id: 'before the snapshot' })));
    stop = feed.start({ signals: true });
    await after(0);
    expect(server.asked).toEqual(['snapshot', 'changes 1']);
    expect(phaseOf('leg-1')).toBe('Running');
    expect(feed.getConnection()).toEqual({ state: 'live' });
    expect(feed.getSyncedAt()).toBe(NOW);
  });

  it('fetches at once when it rings', async () => {
    await start();
    await after(1_000);
    server.push(changed(migration()));
    ring();
    await after(0);
    expect(server.asked).toEqual(['changes 0']);
    expect(phaseOf('leg-1')).toBe('Running');
  });

  it('asks ten times a second at most, however often it rings', async () => {
    await start();
    for (let i = 0; i < 200; i += 1) {
      server.push(changed(migration({ revision: i + 1 })));
      ring();
      await after(5);
    }
    expect(server.asked.length).toBeGreaterThanOrEqual(9);
    expect(server.asked.length).toBeLessThanOrEqual(11);
  });

  it('fetches again when it rings while an answer is under way', async () => {
    await start();
    const { getChanges } = server;
    let send: () => void = () => {};
    server.getChanges = async request => {
      const answer = await getChanges(request);
      await new Promise<void>(resolve => {
        send = resolve;
      });
      return answer;
    };
    server.push(changed(migration()));
    ring();
    await after(100);
    server.push(changed(migration({ phase: 'Quiescing', revision: 2 })));
    ring();
    send();
    await after(100);
    send();
    await after(0);
    expect(server.asked).toEqual(['changes 0', 'changes 1']);
    expect(phaseOf('leg-1')).toBe('Quiescing');
  });

  it('does not ask for what it has fetched already', async () => {
    await start();
    server.push(changed(migration()));
    ring();
    await after(100);
    server.asked.length = 0;
    ring();
    await after(1_000);
    expect(server.asked).toEqual([]);
  });

  it('does not ask for a ring that comes late', async () => {
    await start();
    server.push(changed(migration()), changed(migration({ revision: 2 })));
    ring();
    await after(100);
    server.asked.length = 0;
    feed.ring(1);
    await after(1_000);
    expect(server.asked).toEqual([]);
    expect(feed.getConnection()).toEqual({ state: 'live' });
  });

  it('is offline when the server takes questions and never answers', async () => {
    await start();
    server.getChanges = ({ signal } = {}) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    await after(POLL_INTERVAL + 20_000);
    expect(feed.getConnection()).toMatchObject({
      state: 'offline',
      problem: { message: 'No answer within 20 seconds' },
    });
  });

  it('reads page after page without waiting', async () => {
    await start();
    server.pageSize = 2;
    server.push(
      ...[1, 2, 3, 4, 5].map(revision =>
        changed(migration({ id: `m${revision}`, revision })),
      ),
    );
    ring();
    await after(100);
    expect(server.asked).toEqual(['changes 0', 'changes 2', 'changes 4']);
    expect(store.getActive()).toHaveLength(5);
  });

  it('takes a fresh snapshot when its position is not known any more', async () => {
    server.active = [migration({ id: 'old' })];
    await start();
    server.forgotten.add('0');
    server.active = [migration({ id: 'new' })];
    server.push(changed(endedMigration({ id: 'another' })));
    ring();
    await after(100);
    expect(server.asked).toEqual(['changes 0', 'snapshot', 'changes 1']);
    expect(store.getActive().map(({ id }) => id)).toEqual(['new']);
    expect(feed.getConnection()).toEqual({ state: 'live' });
  });

  it('polls where there are no signals, and says since when', async () => {
    await start(false);
    expect(feed.getConnection()).toEqual({ state: 'delayed', since: NOW });
    server.push(changed(migration()));
    await after(POLL_INTERVAL - 1);
    expect(server.asked).toEqual([]);
    await after(1);
    expect(server.asked).toEqual(['changes 0']);
    expect(phaseOf('leg-1')).toBe('Running');
  });

  it('checks seldom while rings arrive', async () => {
    await start();
    server.push(changed(migration()));
    await after(1_000);
    ring();
    await after(0);
    server.asked.length = 0;
    await after(CHECK_INTERVAL - 1);
    expect(server.asked).toEqual([]);
    await after(1);
    expect(server.asked).toEqual(['changes 1']);
  });

  it('finds out that rings do not arrive, and polls until they do', async () => {
    await start();
    server.push(changed(migration()));
    await after(POLL_INTERVAL);
    expect(feed.getConnection()).toEqual({ state: 'live' });
    const missedAt = Date.now();
    await after(POLL_INTERVAL);
    expect(feed.getConnection()).toEqual({ state: 'delayed', since: missedAt });
    server.asked.length = 0;
    await after(2 * POLL_INTERVAL);
    expect(server.asked).toHaveLength(2);
    ring();
    expect(feed.getConnection()).toEqual({ state: 'live' });
    await after(2 * POLL_INTERVAL);
    expect(feed.getConnection()).toEqual({ state: 'live' });
  });

  it('does not mistake a ring that is a little late for a lost one', async () => {
    await start();
    server.push(changed(migration()));
    await after(POLL_INTERVAL);
    ring();
    await after(POLL_INTERVAL);
    expect(feed.getConnection()).toEqual({ state: 'live' });
  });

  it('is offline after a second failure, since it was last in step', async () => {
    await start();
    server.failure = new Error('connection refused');
    await after(POLL_INTERVAL);
    expect(feed.getConnection()).toEqual({ state: 'live' });
    await after(1_000);
    expect(feed.getConnection()).toEqual({
      state: 'offline',
      since: NOW,
      problem: { type: 'unreachable', message: 'connection refused' },
    });
  });

  it('is offline at once when it never was in step', async () => {
    server.failure = new Error('connection refused');
    await start();
    expect(feed.getConnection()).toMatchObject({
      state: 'offline',
      since: NOW,
    });
  });

  it('tries less and less often, and goes on where it was when the server is back', async () => {
    server.active = [migration()];
    await start();
    server.failure = new Error('connection refused');
    await after(POLL_INTERVAL);
    await after(120_000);
    const tries = server.asked.length;
    expect(tries).toBeGreaterThan(6);
    expect(tries).toBeLessThan(10);
    server.failure = undefined;
    server.push(changed(endedMigration({ revision: 2 })));
    await after(30_000);
    expect(feed.getConnection()).toEqual({ state: 'live' });
    await after(2 * POLL_INTERVAL);
    expect(feed.getConnection()).toEqual({ state: 'live' });
    expect(server.asked).not.toContain('snapshot');
    expect(store.getActive()).toEqual([]);
  });

  it('tries at once when told to, and not for every ring', async () => {
    await start();
    server.failure = new Error('connection refused');
    await after(POLL_INTERVAL + 60_000);
    server.asked.length = 0;
    ring();
    await after(200);
    expect(server.asked).toEqual([]);
    feed.retryNow();
    await after(200);
    expect(server.asked).toEqual(['changes 0']);
  });

  it('rests while the tab is hidden and catches up when it is looked at again', async () => {
    await start();
    tab.set(false);
    await after(100);
    server.asked.length = 0;
    server.push(changed(migration()));
    ring();
    await after(10 * CHECK_INTERVAL);
    expect(server.asked).toEqual([]);
    tab.set(true);
    await after(100);
    expect(server.asked).toEqual(['changes 0']);
    expect(phaseOf('leg-1')).toBe('Running');
    await after(3 * POLL_INTERVAL);
    expect(feed.getConnection()).toEqual({ state: 'live' });
  });

  it('goes on from its position after a stop and a start', async () => {
    await start();
    stop();
    server.push(changed(migration()));
    await after(CHECK_INTERVAL);
    expect(server.asked).toEqual([]);
    stop = feed.start({ signals: true });
    await after(100);
    expect(server.asked).toEqual(['changes 0']);
    expect(phaseOf('leg-1')).toBe('Running');
  });

  it('shows migrations to who may not see clusters', async () => {
    server.active = [migration()];
    server.listClusters = async () => {
      throw Object.assign(new Error('forbidden'), {
        name: 'ResponseError',
        response: { status: 403, statusText: 'Forbidden' },
        body: { error: { name: 'NotAllowedError', message: 'forbidden' } },
        cause: new Error('forbidden'),
        statusCode: 403,
        statusText: 'Forbidden',
      });
    };
    await start();
    expect(phaseOf('leg-1')).toBe('Running');
    expect(feed.getConnection()).toEqual({ state: 'live' });
  });

  it('tells when the connection changes', async () => {
    const listener = jest.fn();
    const unsubscribe = feed.subscribe(listener);
    await start();
    expect(listener).toHaveBeenCalledTimes(1);
    unsubscribe();
    server.failure = new Error('connection refused');
    await after(60_000);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
