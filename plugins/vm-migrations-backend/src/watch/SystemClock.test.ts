import { getEventListeners } from 'node:events';
import { SystemClock } from './SystemClock';

describe('SystemClock', () => {
  const clock = new SystemClock();

  it('sleeps for the given time and leaves nothing behind', async () => {
    const { signal } = new AbortController();
    const before = performance.now();
    await clock.sleep(20, signal);

    expect(performance.now() - before).toBeGreaterThan(15);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('wakes up when the signal aborts', async () => {
    const controller = new AbortController();
    const sleeping = clock.sleep(3_600_000, controller.signal);
    controller.abort();

    await expect(sleeping).resolves.toBeUndefined();
  });

  it('does not sleep when the signal has aborted', async () => {
    await expect(
      clock.sleep(3_600_000, AbortSignal.abort()),
    ).resolves.toBeUndefined();
  });
});
