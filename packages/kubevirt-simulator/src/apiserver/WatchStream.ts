/**
 * One open watch: first what the client missed, then every change of its resource as it
 * happens, one JSON document per line. Order is that of the store; a line is written at
 * once, several of the same turn of the event loop in one piece.
 */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock';
import type { FaultController, FaultSubject } from '../faults';
import type { ObjectStore, StoreEvent, StoreEventType } from '../store';
import { StoredObject } from '../store';
import type { Status } from '../store';
import type { ResponseForm } from './accept';
import type { WatchOptions } from './listOptions';
import { tooLargeResourceVersion } from './readObjects';
import { statusErrorOf } from './responses';
import type { ServedResource } from './ServedResource';
import { WatchEncoder } from './WatchEncoder';

export interface WatchContext {
  store: ObjectStore;
  clock: Clock;
  faults: FaultController;
  resource: ServedResource;
  options: WatchOptions;
  form: ResponseForm;
  subject: FaultSubject;
  response: ServerResponse;
}

/** kube-apiserver draws 30 to 60 minutes; the middle keeps a run repeatable. */
const DEFAULT_TIMEOUT_MS = 45 * 60_000;
const BOOKMARK_INTERVAL_MS = 60_000;
/** A last bookmark is sent this long before the watch ends. */
const BOOKMARK_LEAD_MS = 2_000;
/** A client that reads so slowly is cut off, as kube-apiserver does. */
const MAX_BACKLOG_BYTES = 64 * 1024 * 1024;

export class WatchStream {
  readonly #context: WatchContext;
  readonly #encoder: WatchEncoder;
  /** Changes up to this version are sent or are none of the client's business. */
  #sentVersion: number;
  /** What waits while a fault holds the stream back. */
  readonly #held: (() => void)[] = [];
  #unsent = '';
  #isOver = false;
  readonly #disposers: (() => void)[] = [];

  private constructor(context: WatchContext) {
    this.#context = context;
    this.#sentVersion =
      context.options.resourceVersion || context.store.resourceVersion;
    this.#encoder = new WatchEncoder(
      context.resource,
      context.form,
      context.clock,
    );
  }

  /** @throws StatusError 504 when initial events of a version to come are asked for */
  static open(context: WatchContext): WatchStream {
    const { options, store } = context;
    const { resourceVersion = 0, sendInitialEvents } = options;
    if (sendInitialEvents && resourceVersion > store.resourceVersion) {
      throw tooLargeResourceVersion(resourceVersion, store.resourceVersion);
    }
    const stream = new WatchStream(context);
    stream.#start();
    return stream;
  }

  get subject(): FaultSubject {
    return this.#context.subject;
  }

  /** Calls back once, when the stream is over for whatever reason: at once if it is. */
  onEnd(callback: () => void): void {
    if (this.#isOver) callback();
    else this.#disposers.push(callback);
  }

  /** Tells up to where the client has been told everything, if it wants to know. */
  sendBookmark(): void {
    if (this.#context.options.allowWatchBookmarks) {
      const line = this.#encoder.bookmark(this.#sentVersion, false);
      this.#perform(() => this.#write(line));
    }
  }

  /** Ends the stream in order, after an ERROR event if there is a status to tell. */
  end(status?: Status): void {
    this.#perform(() => {
      if (status) this.#write(this.#encoder.error(status));
      this.#flush();
      this.#close();
      this.#context.response.end();
    });
  }

  #start(): void {
    const { clock, faults, options, response, store } = this.#context;
    response.statusCode = 200;
    response.setHeader('Cache-Control', 'no-cache, private');
    response.setHeader('Content-Type', 'application/json');
    response.flushHeaders();
    response.on('close', () => this.#close());
    this.#disposers.push(faults.onChange(() => this.#resume()));

    if (!this.#catchUp()) return;
    this.#disposers.push(store.subscribe(event => this.#onEvent(event)));
    const timeoutMs = options.timeoutSeconds
      ? options.timeoutSeconds * 1_000
      : DEFAULT_TIMEOUT_MS;
    this.#disposers.push(clock.schedule(timeoutMs, () => this.end()));
    if (options.allowWatchBookmarks) {
      this.#scheduleBookmark(clock.now() + timeoutMs - BOOKMARK_LEAD_MS);
    }
  }

  /** @returns false when the past is forgotten and the stream has ended with that */
  #catchUp(): boolean {
    const { options, resource, store } = this.#context;
    const { resourceVersion, sendInitialEvents } = options;
    if (sendInitialEvents ?? !resourceVersion) {
      this.#sentVersion = store.resourceVersion;
      for (const object of store.snapshot(resource.definition.plural)) {
        if (options.matches(object)) this.#send('ADDED', object);
      }
      if (sendInitialEvents && options.allowWatchBookmarks) {
        const line = this.#encoder.bookmark(this.#sentVersion, true);
        this.#perform(() => this.#write(line));
      }
      return true;
    }
    // A version that is yet to come is waited for.
    if (this.#sentVersion >= store.resourceVersion) return true;
    try {
      for (const event of store.eventsSince(this.#sentVersion)) {
        this.#onEvent(event);
      }
      return true;
    } catch (error) {
      this.end(statusErrorOf(error).status);
      return false;
    }
  }

  #onEvent(event: StoreEvent): void {
    if (event.resourceVersion <= this.#sentVersion) return;
    this.#sentVersion = event.resourceVersion;
    if (event.resource !== this.#context.resource.definition) return;
    const { matches } = this.#context.options;
    const { type, current, previous } = event;
    const wasSeen = previous === undefined ? undefined : matches(previous);
    if (type === 'DELETED') {
      if (wasSeen ?? matches(current)) this.#send('DELETED', current);
    } else if (matches(current)) {
      this.#send(wasSeen === false ? 'ADDED' : type, current);
    } else if (wasSeen && previous) {
      this.#send('DELETED', underVersionOf(current, previous));
    }
  }

  #send(type: StoreEventType, object: StoredObject): void {
    this.#perform(() => {
      const damage = this.#context.faults.takeEventDamage(this.subject);
      if (damage?.kind === 'truncate-watch-event') {
        const line = this.#encoder.event(type, object);
        this.#breakOff(line.slice(0, Math.floor(line.length / 2)));
      } else if (damage) {
        this.#write(this.#encoder.oversizeEvent(type, object, damage.bytes));
      } else {
        this.#write(this.#encoder.event(type, object));
      }
    });
  }

  #scheduleBookmark(lastAt: number): void {
    const { clock } = this.#context;
    const delayMs = Math.min(BOOKMARK_INTERVAL_MS, lastAt - clock.now());
    if (delayMs <= 0) return;
    const cancel = clock.schedule(delayMs, () => {
      this.sendBookmark();
      this.#scheduleBookmark(lastAt);
    });
    this.#disposers.push(cancel);
  }

  /** Does it now, or in its turn when a fault holds the stream back. */
  #perform(action: () => void): void {
    if (this.#isOver) return;
    const isStalled = this.#context.faults.isStalled(this.subject);
    if (isStalled || this.#held.length > 0) this.#held.push(action);
    else action();
  }

  #resume(): void {
    if (this.#context.faults.isStalled(this.subject)) return;
    for (const action of this.#held.splice(0)) {
      if (!this.#isOver) action();
    }
  }

  /** Lines of one turn of the event loop go out together. */
  #write(line: string): void {
    if (this.#unsent === '') process.nextTick(() => this.#flush());
    this.#unsent += line;
  }

  #flush(): void {
    const { response } = this.#context;
    if (this.#unsent === '') return;
    if (response.writableLength > MAX_BACKLOG_BYTES) response.destroy();
    else response.write(this.#unsent);
    this.#unsent = '';
  }

  #breakOff(part: string): void {
    const { response } = this.#context;
    this.#flush();
    this.#close();
    response.write(part, () => response.destroy());
  }

  #close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const dispose of this.#disposers) dispose();
  }
}

/**
 * What a watcher gets of an object that no longer matches: its last state that did, under
 * the version of the change.
 */
function underVersionOf(
  current: StoredObject,
  previous: StoredObject,
): StoredObject {
  const draft = previous.draft();
  draft.metadata.resourceVersion = current.object.metadata.resourceVersion;
  return StoredObject.of(draft);
}
