import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, stringifyError } from '@backstage/errors';
import type { Response, Router } from 'express';
import { EventStream } from '../changes';
import { changesQuerySchema, eventsQuerySchema } from '../openapi';
import type { RouteContext } from './RouteContext';

/** Each costs a socket, a timer, and a read after every commit. */
const MAX_WAITING = 1000;

/** Often enough for what stands between: proxies cut off what is silent for 30 to 60 s. */
const HEARTBEAT_MS = 15_000;

/** Between two pages of one stream, so that a busy feed comes in pages and not in records. */
const PAUSE_MS = 50;

const PAGE_SIZE = 500;

const ANY = ['migrations', 'virtualMachines', 'clusters'] as const;

/** The change feed: by asking again and again, and as a stream of events. */
export function addChangeRoutes(
  router: Router,
  context: RouteContext & { logger: LoggerService },
): void {
  const { authorizer, feed, notifier, clock, logger } = context;

  /** Runs what keeps the client waiting; the signal aborts when the client is gone. */
  async function whileConnected(
    response: Response,
    run: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (notifier.waiting >= MAX_WAITING) {
      throw new ServiceUnavailableError(
        `${MAX_WAITING} callers are waiting for changes already; ask without wait, or try again later`,
      );
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    if (response.closed) {
      gone.abort();
    }
    await run(gone.signal);
  }

  router.get('/changes', async (request, response) => {
    const visible = await authorizer.authorize(request, ...ANY);
    const { since, limit, wait } = changesQuerySchema.parse(request.query);
    if (wait === 0) {
      const { page } = await feed.read({ since, limit, visible });
      response.json(page);
      return;
    }
    await whileConnected(response, async signal => {
      const page = await feed.readWaiting(
        { since, limit, visible },
        { waitMs: wait * 1000, signal },
      );
      if (!signal.aborted) {
        response.json(page);
      }
    });
  });

  router.get('/events', async (request, response) => {
    const credentials = await authorizer.credentialsOf(request);
    let since =
      request.get('Last-Event-ID') ??
      eventsQuerySchema.parse(request.query).since;

    // What the caller may see can change while the stream is open, so it is asked each time.
    async function nextPage() {
      const visible = await authorizer.visibleTo(credentials, ...ANY);
      return feed.read({ since, limit: PAGE_SIZE, visible });
    }

    await whileConnected(response, async signal => {
      // Until here refusals can be answered as such.
      let { page, tick } = await nextPage();
      const stream = new EventStream(response, signal);
      await stream.open();
      try {
        while (!signal.aborted && !notifier.stopped) {
          if (page.position !== since || page.reset) {
            await stream.send(page);
            since = page.position;
            await clock.sleep(PAUSE_MS, signal);
          } else {
            await stream.beat();
          }
          if (!page.more) {
            await notifier.wait(tick, HEARTBEAT_MS, signal);
          }
          ({ page, tick } = await nextPage());
        }
      } catch (error) {
        // The answer has begun; the client comes back and gets the refusal as such.
        if (!signal.aborted) {
          logger.info(
            `A stream of changes ends early: ${stringifyError(error)}`,
          );
        }
      }
      stream.end();
    });
  });
}
