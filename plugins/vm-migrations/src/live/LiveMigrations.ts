import type { SignalApi } from '@backstage/plugin-signals-react';
import { QueryClient } from '@tanstack/react-query';
import {
  DOORBELL_CHANNEL,
  doorbellSchema,
  type VmMigrationsApi,
} from 'backstage-plugin-vm-migrations-common';
import { problemOf } from '../api';
import { keepHistoryLive } from './keepHistoryLive';
import { LiveFeed } from './LiveFeed';
import { LiveStore } from './LiveStore';

const TRIES = 3;

/**
 * All data of the plugin in one browser, however many components show it: the live set
 * with its feed, and the cache of what was loaded by pages.
 */
export class LiveMigrations {
  static create(options: { api: VmMigrationsApi }): LiveMigrations {
    const { api } = options;
    const store = new LiveStore();
    const queryClient = new QueryClient({
      defaultOptions: {
        queries: {
          networkMode: 'always',
          refetchOnWindowFocus: false,
          refetchOnReconnect: false,
          retry: (failures, error) =>
            failures < TRIES - 1 && isWorthRetrying(error),
        },
      },
    });
    keepHistoryLive(queryClient, store);
    const feed = new LiveFeed({ api, store });
    retryWhenBack(queryClient, feed);
    return new LiveMigrations(store, feed, queryClient);
  }

  readonly store: LiveStore;
  readonly feed: LiveFeed;
  readonly queryClient: QueryClient;
  #users = 0;
  #stop: (() => void) | undefined;

  private constructor(
    store: LiveStore,
    feed: LiveFeed,
    queryClient: QueryClient,
  ) {
    this.store = store;
    this.feed = feed;
    this.queryClient = queryClient;
  }

  /**
   * Follows the server for as long as anybody shows what it tells: from the first call
   * until the last of the returned functions has been called.
   */
  attach(signals: SignalApi | undefined): () => void {
    this.#users += 1;
    this.#stop ??= this.#start(signals);
    let attached = true;
    return () => {
      if (attached) {
        attached = false;
        this.#users -= 1;
      }
      if (this.#users === 0) {
        this.#stop?.();
        this.#stop = undefined;
      }
    };
  }

  #start(signals: SignalApi | undefined): () => void {
    const subscription = signals?.subscribe(DOORBELL_CHANNEL, message => {
      const doorbell = doorbellSchema.safeParse(message);
      if (doorbell.success) {
        this.feed.ring(doorbell.data.position);
      }
    });
    const stop = this.feed.start({ signals: signals !== undefined });
    return () => {
      subscription?.unsubscribe();
      stop();
    };
  }
}

/** What the server refuses it refuses again; everything else may pass. */
function isWorthRetrying(error: unknown): boolean {
  const problem = problemOf(error);
  return (
    problem.type === 'unreachable' ||
    (problem.type === 'answer' && problem.status >= 500)
  );
}

/** What failed while the server was away is asked for again when it is back. */
function retryWhenBack(queryClient: QueryClient, feed: LiveFeed): void {
  let wasOffline = false;
  feed.subscribe(() => {
    const isOffline = feed.getConnection().state === 'offline';
    if (wasOffline && !isOffline) {
      queryClient.refetchQueries({
        predicate: query => query.state.status === 'error',
      });
    }
    wasOffline = isOffline;
  });
}
