import { setImmediate } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { ManualClock } from '../../__testUtils__/ManualClock';
import type { MigrationReader } from '../../store/types';
import { ChangeNotifier } from './ChangeNotifier';

function setup() {
  const clock = new ManualClock();
  const feed = { position: 'p1', asked: 0, broken: false };
  const reader: Pick<MigrationReader, 'listChanges'> = {
    async listChanges() {
      feed.asked += 1;
      if (feed.broken) {
        throw new Error('The database is away');
      }
      const { position } = feed;
      return { changes: [], position, more: false, reset: false };
    },
  };
  const logger = mockServices.logger.mock();
  const notifier = new ChangeNotifier({ reader, clock, logger });

  /** Moves the clock on by so many seconds, and lets everybody act at each. */
  async function pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      await setImmediate();
      clock.advance(1000);
      await setImmediate();
    }
  }

  /** Waits, and tells whether the waiting is over. */
  function waiting(options: { ms?: number; signal?: AbortSignal } = {}) {
    const { ms = 60_000, signal = new AbortController().signal } = options;
    const state = { over: false };
    notifier.wait(notifier.tick, ms, signal).then(() => {
      state.over = true;
    });
    return state;
  }

  return { notifier, feed, logger, pass, waiting };
}

describe('ChangeNotifier', () => {
  it('wakes at once when this replica commits', async () => {
    const { notifier, waiting } = setup();
    const states = [waiting(), waiting()];
    await setImmediate();
    expect(states).toEqual([{ over: false }, { over: false }]);
    notifier.notify();
    await setImmediate();
    expect(states).toEqual([{ over: true }, { over: true }]);
  });

  it('does not miss a commit between reading and waiting', async () => {
    const { notifier, feed } = setup();
    const { tick } = notifier;
    notifier.notify();
    await notifier.wait(tick, 60_000, new AbortController().signal);
    expect(feed.asked).toBe(0);
  });

  it('wakes within a second or two when another replica commits', async () => {
    const { feed, waiting, pass } = setup();
    // The first look does not know what those who wait have seen.
    const first = waiting();
    await pass(1);
    expect(first.over).toBe(true);

    const second = waiting();
    await pass(5);
    expect(second.over).toBe(false);
    feed.position = 'p2';
    await pass(1);
    expect(second.over).toBe(true);
  });

  it('asks for the position only while somebody waits', async () => {
    const { notifier, feed, waiting, pass } = setup();
    await pass(5);
    expect(feed.asked).toBe(0);
    waiting();
    waiting();
    await pass(1);
    expect(feed.asked).toBe(1);
    notifier.notify();
    await pass(5);
    expect(feed.asked).toBe(1);
  });

  it('goes on when the position cannot be read', async () => {
    const { feed, logger, waiting, pass } = setup();
    feed.broken = true;
    const state = waiting();
    await pass(3);
    expect(state.over).toBe(false);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('The database is away'),
    );
    feed.broken = false;
    await pass(1);
    expect(state.over).toBe(true);
  });

  it('ends waiting after its time, on abort, and on stop', async () => {
    const { notifier, waiting, pass } = setup();
    await notifier.wait(notifier.tick, 0, AbortSignal.abort());
    waiting();
    await pass(1);

    const patient = waiting({ ms: 3000 });
    await pass(2);
    expect(patient.over).toBe(false);
    await pass(1);
    expect(patient.over).toBe(true);

    const controller = new AbortController();
    const aborted = waiting({ signal: controller.signal });
    controller.abort();
    await setImmediate();
    expect(aborted.over).toBe(true);

    const stopped = waiting();
    notifier.stop();
    await setImmediate();
    expect(stopped.over).toBe(true);
    expect(notifier.stopped).toBe(true);
    await notifier.wait(notifier.tick, 60_000, new AbortController().signal);
  });
});
