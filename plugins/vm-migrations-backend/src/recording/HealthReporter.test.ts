import { mockServices } from '@backstage/backend-test-utils';
import type { ResourceHealth } from 'backstage-plugin-vm-migrations-common';
import { HealthReporter } from './HealthReporter';

/** A clock whose sleepers wake when the test moves it. */
class ManualClock {
  time = 0;
  #sleepers: Array<{ until: number; wake: () => void }> = [];

  now = () => this.time;

  sleep = (ms: number, signal: AbortSignal) =>
    new Promise<void>(resolve => {
      this.#sleepers.push({ until: this.time + ms, wake: resolve });
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) {
        resolve();
      }
    });

  advance(ms: number) {
    this.time += ms;
    for (const { until, wake } of this.#sleepers) {
      if (until <= this.time) {
        wake();
      }
    }
  }
}

const settled = () => new Promise(resolve => setImmediate(resolve));

function health(overrides: Partial<ResourceHealth> = {}): ResourceHealth {
  return {
    resource: 'virtualmachines',
    phase: 'watching',
    since: '2026-03-04T10:15:00.000Z',
    consecutiveFailures: 0,
    ...overrides,
  };
}

function setUp() {
  const clock = new ManualClock();
  const saved: ResourceHealth[][] = [];
  const failures: Error[] = [];
  const stop = new AbortController();
  const logger = mockServices.logger.mock();
  const reporter = new HealthReporter({
    clock,
    logger,
    save: async resources => {
      const failure = failures.shift();
      if (failure) {
        throw failure;
      }
      saved.push(resources);
    },
  });
  const running = reporter.run(stop.signal);
  return {
    clock,
    saved,
    failures,
    logger,
    reporter,
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}

describe('HealthReporter', () => {
  it('writes a change of state at once, and what follows it soon after', async () => {
    const { reporter, saved, clock, stop } = setUp();
    reporter.report(health({ phase: 'listing' }));
    await settled();
    reporter.report(health({ phase: 'connecting' }));
    reporter.report(health({ phase: 'watching' }));
    clock.advance(1_000);
    await settled();
    expect(saved.map(([resource]) => resource.phase)).toEqual([
      'listing',
      'watching',
    ]);
    await stop();
  });

  it('writes further events of a healthy watch only once per interval', async () => {
    const { reporter, saved, clock, stop } = setUp();
    reporter.report(health());
    await settled();
    for (let second = 1; second <= 9; second++) {
      clock.advance(1_000);
      reporter.report(
        health({ lastEventAt: new Date(second * 1_000).toISOString() }),
      );
      await settled();
    }
    expect(saved).toHaveLength(1);
    clock.advance(1_000);
    await settled();
    expect(saved).toHaveLength(2);
    expect(saved[1][0].lastEventAt).toBe('1970-01-01T00:00:09.000Z');
    await stop();
  });

  it('writes again what it could not write', async () => {
    const { reporter, saved, failures, clock, logger, stop } = setUp();
    failures.push(new Error('database is away'));
    reporter.report(health());
    await settled();
    expect(saved).toHaveLength(0);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('database is away'),
    );
    clock.advance(10_000);
    await settled();
    expect(saved).toHaveLength(1);
    await stop();
  });
});
