import type { ResourceHealth } from 'backstage-plugin-vm-migrations-common';
import type { Clock } from './types';

/** Events come by the hundred; people and stores need to hear of the last one only. */
const REPORT_INTERVAL_MS = 1000;

export interface WatchHealthOptions {
  /** Plural name. */
  resource: string;
  clock: Clock;
  /** No report follows once it is aborted, but the one of `stop`. */
  signal: AbortSignal;
  report(health: ResourceHealth): void;
}

/**
 * How a watch fares. A change of phase or problem is reported at once, progress once per
 * second: the first event of a burst when it comes, the last one within the second.
 */
export class WatchHealth {
  readonly #options: WatchHealthOptions;
  #health: ResourceHealth;
  #lastEventAt: number | undefined;
  #nextReportAt = 0;
  #late: Promise<void> | undefined;

  constructor(options: WatchHealthOptions) {
    this.#options = options;
    this.#health = {
      resource: options.resource,
      phase: 'connecting',
      since: this.#iso(options.clock.now()),
      consecutiveFailures: 0,
    };
  }

  get phase(): ResourceHealth['phase'] {
    return this.#health.phase;
  }

  /** The problem in words, as long as there is one. */
  get lastError(): string | undefined {
    return this.#health.lastError;
  }

  /** A try begins. What was wrong before is not yet known to be over. */
  connecting(): void {
    this.#change({ phase: 'connecting' });
  }

  /** The cluster answers. */
  answering(phase: 'listing' | 'watching', failures: number): void {
    this.#change({
      phase,
      problem: undefined,
      lastError: undefined,
      consecutiveFailures: failures,
    });
  }

  failed(failure: {
    problem: ResourceHealth['problem'];
    lastError: string;
    failures: number;
  }): void {
    this.#change({
      phase: 'backing-off',
      problem: failure.problem,
      lastError: failure.lastError,
      consecutiveFailures: failure.failures,
    });
  }

  listed(resourceVersion: string): void {
    this.#change({
      resourceVersion,
      lastListAt: this.#iso(this.#options.clock.now()),
    });
  }

  /** The sink has taken an event, or heard that nothing happened. */
  progressed(resourceVersion: string, failures: number): void {
    const { clock, signal } = this.#options;
    const now = clock.now();
    this.#lastEventAt = now;
    this.#health.resourceVersion = resourceVersion;
    this.#health.consecutiveFailures = failures;
    if (now >= this.#nextReportAt) {
      this.#report(now);
      return;
    }
    this.#late ??= clock.sleep(this.#nextReportAt - now, signal).then(() => {
      this.#late = undefined;
      if (!signal.aborted) {
        this.#report(clock.now());
      }
    });
  }

  stop(): void {
    this.#change({ phase: 'stopped' });
  }

  #change(change: Partial<ResourceHealth>): void {
    const now = this.#options.clock.now();
    const since =
      change.phase === undefined || change.phase === this.#health.phase
        ? this.#health.since
        : this.#iso(now);
    this.#health = { ...this.#health, ...change, since };
    this.#report(now);
  }

  #report(now: number): void {
    this.#nextReportAt = now + REPORT_INTERVAL_MS;
    if (this.#lastEventAt !== undefined) {
      this.#health.lastEventAt = this.#iso(this.#lastEventAt);
    }
    this.#options.report({ ...this.#health });
  }

  #iso(time: number): string {
    return new Date(time).toISOString();
  }
}
