import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  DOORBELL_CHANNEL,
  type DoorbellMessage,
} from 'backstage-plugin-vm-migrations-common';
import type { Clock } from '../../watch/types';

/** Browsers show twenty states a second at most; more rings would only cost. */
const INTERVAL_MS = 50;

/**
 * Tells browsers that the change feed has grown: at once, and while it keeps growing every
 * 50 ms, the last time after the last change. Signals reach everybody who is signed in,
 * whatever they may see, so nothing but the position is told.
 *
 * Each replica rings for its own commits: signals reach the browsers of all replicas.
 */
export class Doorbell {
  readonly #signals: SignalsService;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #stop = new AbortController();
  #position: number | undefined;
  #ringing = false;

  constructor(options: {
    signals: SignalsService;
    clock: Clock;
    logger: LoggerService;
  }) {
    this.#signals = options.signals;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /** @param position - of the change feed after the commit */
  ring(position: number): void {
    this.#position = position;
    if (!this.#ringing) {
      this.#ringing = true;
      this.#run();
    }
  }

  /** Falls silent. */
  stop(): void {
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    while (this.#position !== undefined && !this.#stop.signal.aborted) {
      const position = this.#position;
      this.#position = undefined;
      await this.#publish({ position });
      await this.#clock.sleep(INTERVAL_MS, this.#stop.signal);
    }
    this.#ringing = false;
  }

  async #publish(message: DoorbellMessage): Promise<void> {
    try {
      await this.#signals.publish({
        recipients: { type: 'broadcast' },
        channel: DOORBELL_CHANNEL,
        message,
      });
    } catch (error) {
      // Browsers that hear no bell ask by themselves every few seconds.
      this.#logger.warn(
        `The signal for new changes could not be sent: ${stringifyError(
          error,
        )}`,
      );
    }
  }
}
