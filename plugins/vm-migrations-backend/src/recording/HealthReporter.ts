import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ResourceHealth } from 'backstage-plugin-vm-migrations-common';
import { databaseErrorText } from '../store';
import type { Clock } from '../watch';

/** That all goes on as before is written only this often; a change of state at once. */
const UNCHANGED_INTERVAL_MS = 10_000;

/**
 * A watch passes several states within milliseconds when it begins; people need not see each,
 * and every write waits its turn behind what is being recorded.
 */
const PAUSE_MS = 1_000;

export interface HealthReporterOptions {
  clock: Clock;
  logger: LoggerService;
  save(resources: ResourceHealth[]): Promise<void>;
}

/**
 * Gathers how the watches of one cluster fare and writes it down. Writes do not overlap:
 * what changes during one is in the next. A failed write is reported and done again with
 * the next change, at the latest after the interval: the record does not depend on it.
 */
export class HealthReporter {
  readonly #options: HealthReporterOptions;
  readonly #resources = new Map<string, ResourceHealth>();
  #saved = '';
  #savedAt = 0;
  #wake: (() => void) | undefined;

  constructor(options: HealthReporterOptions) {
    this.#options = options;
  }

  report(health: ResourceHealth): void {
    this.#resources.set(health.resource, health);
    this.#wake?.();
  }

  /** Writes until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger, save } = this.#options;
    while (!signal.aborted) {
      const resources = [...this.#resources.values()];
      const state = stateOf(resources);
      const due =
        state !== this.#saved ||
        clock.now() - this.#savedAt >= UNCHANGED_INTERVAL_MS;
      if (resources.length > 0 && due) {
        this.#savedAt = clock.now();
        try {
          await save(resources);
          this.#saved = state;
          await clock.sleep(PAUSE_MS, signal);
        } catch (error) {
          logger.warn(
            `Writing the cluster's health failed: ${databaseErrorText(error)}`,
          );
          await this.#pause(signal);
        }
      } else {
        await this.#pause(signal);
      }
    }
  }

  /** Until something is reported or the interval is over. */
  async #pause(signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    const { clock } = this.#options;
    const left = this.#savedAt + UNCHANGED_INTERVAL_MS - clock.now();
    await clock.sleep(
      left > 0 ? left : UNCHANGED_INTERVAL_MS,
      AbortSignal.any([signal, woken.signal]),
    );
    this.#wake = undefined;
  }
}

/** What is worth a write of its own: everything but the passing of time. */
function stateOf(resources: ResourceHealth[]): string {
  return JSON.stringify(
    resources.map(({ resource, phase, problem, lastError, lastListAt }) => [
      resource,
      phase,
      problem,
      lastError,
      lastListAt,
    ]),
  );
}
