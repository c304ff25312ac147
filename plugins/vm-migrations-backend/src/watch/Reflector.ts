import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { ClusterConnection } from '../clusters';
import { Backoff } from './Backoff';
import { judgeFailure } from './judgeFailure';
import { listResource } from './listResource';
import type { ListSlots } from './ListSlots';
import type { ListPage } from './objects';
import type { Clock, ResourceType, WatchSink } from './types';
import { Watchdog } from './Watchdog';
import { PageTooLargeError, ShortWatchError, SinkError } from './watchErrors';
import { WatchHealth } from './WatchHealth';
import { watchResource, type WatchEvent } from './watchResource';

/**
 * Follows one resource of one cluster for ever: list, then watch, resumed from the last
 * position that the sink has taken whenever the watch ends, listed again only when the API
 * server has forgotten that position. Modelled on client-go's Reflector; client-node's
 * informer ends at the first error, reconnects every 30 s and keeps all objects.
 *
 * Nothing but the signal ends it. Whatever goes wrong becomes a state that people can see
 * (`WatchSink.health`), a pause and another try; `judgeFailure` decides which. Objects are
 * handed on and forgotten.
 */

const PAGE_SIZE = 500;
/**
 * Tells whether the cluster answers and allows, before one of the few list slots is taken:
 * clusters that are down must not keep the others waiting.
 */
const FIRST_PAGE_SIZE = 1;
/** client-go's range. Random, so that watches that began together do not end together. */
const MIN_WATCH_TIMEOUT_S = 300;
const MAX_WATCH_TIMEOUT_S = 600;
/** API servers end their own requests after 60 s. */
const ANSWER_TIMEOUT_MS = 60_000;
/** For a watch to end that the server should have ended. */
const WATCH_GRACE_MS = 30_000;
/** API servers send bookmarks once a minute. After three missing ones in a row ... */
const MISSING_BOOKMARKS = 3;
const BOOKMARK_INTERVAL_MS = 60_000;
/** client-go's limit: a server that ends watches faster is not well. */
const SHORT_WATCH_MS = 1000;
/** A watch that lived for the longest pause between tries has proved itself. */
const HEALTHY_AFTER_MS = 30_000;

export interface ReflectorOptions {
  connection: Pick<ClusterConnection, 'request'>;
  resource: ResourceType;
  sink: WatchSink;
  /** A resourceVersion to go on from; without it everything is listed first. */
  resumeFrom?: string;
  /** Shared by all reflectors of the process. */
  listSlots: ListSlots;
  clock: Clock;
  /** Numbers from 0 to below 1. */
  random: () => number;
  logger: LoggerService;
}

export class Reflector {
  readonly #options: ReflectorOptions;
  readonly #backoff: Backoff;
  /** The last resourceVersion that the sink has taken. */
  #position: string | undefined;
  #pageSize = PAGE_SIZE;
  #listBegunAt: number | undefined;
  #watchOpenedAt: number | undefined;

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.random);
    this.#position = options.resumeFrom;
  }

  /**
   * Runs until the signal aborts, and then as long as the sink needs for what it has been
   * given. Never rejects.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, resource, sink } = this.#options;
    const health = new WatchHealth({
      resource: resource.plural,
      clock,
      signal,
      report: current => sink.health(current),
    });
    while (!signal.aborted) {
      try {
        if (health.phase !== 'watching' || this.#position === undefined) {
          health.connecting();
        }
        this.#position ??= await this.#list(health, signal);
        await this.#watch(this.#position, health, signal);
      } catch (error) {
        if (!signal.aborted) {
          await clock.sleep(this.#fail(error, health), signal);
        }
      }
    }
    health.stop();
  }

  /** Lists everything and returns the position from which to watch. */
  async #list(health: WatchHealth, signal: AbortSignal): Promise<string> {
    const { clock, sink } = this.#options;
    this.#listBegunAt = clock.now();
    this.#watchOpenedAt = undefined;
    const first = await this.#getPage(FIRST_PAGE_SIZE, undefined, signal);
    this.#answering('listing', health);
    await this.#deliver(() => sink.listing());
    await this.#deliver(() => sink.page(first.objects));
    let page = first;
    for (let begun = false; page.continue !== undefined; begun = true) {
      const release = await this.#options.listSlots.acquire(signal, begun);
      try {
        page = await this.#getPage(this.#pageSize, page.continue, signal);
        const { objects } = page;
        await this.#deliver(() => sink.page(objects));
      } finally {
        release();
      }
    }
    const { resourceVersion } = page;
    await this.#deliver(() => sink.listed(resourceVersion));
    health.listed(resourceVersion);
    return resourceVersion;
  }

  async #getPage(
    limit: number,
    continueFrom: string | undefined,
    signal: AbortSignal,
  ): Promise<ListPage> {
    const { connection, resource } = this.#options;
    return this.#guard(
      signal,
      lastProgress => lastProgress + ANSWER_TIMEOUT_MS,
      watchdog =>
        listResource({
          connection,
          resource,
          limit,
          continue: continueFrom,
          signal: watchdog.signal,
          onProgress: () => watchdog.progress(),
        }),
    );
  }

  /** Watches until the server ends the watch. */
  async #watch(
    position: string,
    health: WatchHealth,
    signal: AbortSignal,
  ): Promise<void> {
    const { connection, resource, clock, random } = this.#options;
    const timeoutSeconds = Math.round(
      MIN_WATCH_TIMEOUT_S +
        random() * (MAX_WATCH_TIMEOUT_S - MIN_WATCH_TIMEOUT_S),
    );
    let openedAt: number | undefined;
    let bookmarkAt: number | undefined;
    let maxSilenceMs = Infinity;
    const deadline = (lastProgress: number) =>
      openedAt === undefined
        ? lastProgress + ANSWER_TIMEOUT_MS
        : Math.min(
            lastProgress + maxSilenceMs,
            Math.max(lastProgress, openedAt + timeoutSeconds * 1000) +
              WATCH_GRACE_MS,
          );

    await this.#guard(signal, deadline, async watchdog => {
      const events = await watchResource({
        connection,
        resource,
        resourceVersion: position,
        timeoutSeconds,
        signal: watchdog.signal,
        onProgress: () => watchdog.progress(),
      });
      openedAt = clock.now();
      this.#watchOpenedAt = openedAt;
      this.#answering('watching', health);
      for await (const event of events) {
        watchdog.pause();
        if (event.type === 'BOOKMARK') {
          const now = clock.now();
          if (bookmarkAt !== undefined) {
            const interval = Math.max(BOOKMARK_INTERVAL_MS, now - bookmarkAt);
            maxSilenceMs = MISSING_BOOKMARKS * interval;
          }
          bookmarkAt = now;
        }
        await this.#take(event, health);
        watchdog.resume();
        signal.throwIfAborted();
      }
    });

    this.#resetWhenHealthy();
    const lastedMs = clock.now() - (this.#watchOpenedAt ?? clock.now());
    if (lastedMs < SHORT_WATCH_MS) {
      throw new ShortWatchError(
        `The API server ends watches at once (after ${lastedMs} ms)`,
      );
    }
  }

  async #take(event: WatchEvent, health: WatchHealth): Promise<void> {
    const { sink } = this.#options;
    let position: string;
    if (event.type === 'BOOKMARK') {
      position = event.resourceVersion;
      await this.#deliver(() => sink.bookmark(position));
    } else {
      const { type, object } = event;
      position = object.metadata.resourceVersion;
      await this.#deliver(() => sink.event(type, object));
    }
    this.#position = position;
    this.#resetWhenHealthy();
    health.progressed(position, this.#backoff.failures);
  }

  async #deliver(call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      throw new SinkError('The sink failed', error);
    }
  }

  /** Runs work under a watchdog, whose verdict wins over what the work makes of it. */
  async #guard<T>(
    parent: AbortSignal,
    deadline: (lastProgress: number) => number,
    work: (watchdog: Watchdog) => Promise<T>,
  ): Promise<T> {
    const { clock } = this.#options;
    const watchdog = new Watchdog({ clock, parent, deadline });
    try {
      return await work(watchdog);
    } catch (error) {
      watchdog.signal.throwIfAborted();
      throw error;
    } finally {
      watchdog.stop();
    }
  }

  #resetWhenHealthy(): void {
    const openedAt = this.#watchOpenedAt;
    if (
      openedAt !== undefined &&
      this.#options.clock.now() - openedAt >= HEALTHY_AFTER_MS
    ) {
      this.#backoff.reset();
    }
  }

  #answering(phase: 'listing' | 'watching', health: WatchHealth): void {
    if (health.lastError !== undefined) {
      this.#options.logger.info(`The cluster answers again: ${phase}`);
    }
    health.answering(phase, this.#backoff.failures);
  }

  /** Takes note of a failure and returns how long to wait, in milliseconds. */
  #fail(error: unknown, health: WatchHealth): number {
    const { clock, logger, resource } = this.#options;
    this.#resetWhenHealthy();
    this.#watchOpenedAt = undefined;
    const earlier = this.#backoff.failures;
    const failure = judgeFailure(error, resource, earlier);
    if (failure.relist) {
      this.#position = undefined;
    }
    if (error instanceof PageTooLargeError) {
      this.#pageSize = Math.max(1, Math.floor(this.#pageSize / 2));
    }
    if (failure.problem === undefined) {
      const cause = error instanceof SinkError ? error.cause : error;
      logger.error(`${failure.message}: ${stringifyError(cause)}`);
    }
    const delay = this.#backoff.fail(failure.maxDelayMs) + failure.minDelayMs;

    // A list that has just been made and leads to nothing is not made again at once.
    const sinceList = clock.now() - (this.#listBegunAt ?? -Infinity);
    if (failure.expected && (earlier === 0 || sinceList >= HEALTHY_AFTER_MS)) {
      logger.info(`${failure.message}; listing again`);
      return 0;
    }
    const log = failure.message === health.lastError ? 'debug' : 'warn';
    logger[log](
      `${failure.message} (try ${earlier + 1}, next in ${Math.round(
        delay,
      )} ms)`,
    );
    health.failed({
      problem: failure.problem,
      lastError: failure.message,
      failures: this.#backoff.failures,
    });
    return delay;
  }
}
