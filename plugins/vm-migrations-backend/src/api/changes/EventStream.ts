import { once } from 'node:events';
import type { Response } from 'express';
import type { ChangesPage } from 'backstage-plugin-vm-migrations-common';

/** Clients come back this soon after the connection is lost. */
const RETRY_MS = 2000;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Backstage compresses whatever may be transformed, and holds it back for that.
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
  Connection: 'keep-alive',
};

/**
 * Writes pages of the change feed as server-sent events. Only the last event of a page has
 * an id, because a position holds the whole page: who is cut off in the middle of one gets
 * it again.
 */
export class EventStream {
  readonly #response: Response;
  readonly #signal: AbortSignal;

  /** @param signal - aborts when the client is gone */
  constructor(response: Response, signal: AbortSignal) {
    this.#response = response;
    this.#signal = signal;
  }

  async open(): Promise<void> {
    this.#response.writeHead(200, HEADERS);
    await this.#write(`retry: ${RETRY_MS}\n\n`);
  }

  /** Resolves when the client can take more. */
  async send(page: ChangesPage): Promise<void> {
    const events: { type: string; data: string }[] = [
      ...(page.reset ? [{ type: 'reset', data: '{}' }] : []),
      ...page.changes.map(change => ({
        type: change.type,
        data: JSON.stringify(change),
      })),
    ];
    const blocks = events.map(({ type, data }, index) => {
      const id = index === events.length - 1 ? `id: ${page.position}\n` : '';
      return `${id}event: ${type}\ndata: ${data}\n\n`;
    });
    // Without data no event is fired, but the client remembers the id.
    await this.#write(blocks.join('') || `id: ${page.position}\n\n`);
  }

  /** A comment, so that nobody on the way takes the silence for a dead connection. */
  async beat(): Promise<void> {
    await this.#write(': nothing new\n\n');
  }

  end(): void {
    this.#response.end();
  }

  async #write(text: string): Promise<void> {
    if (!this.#signal.aborted && !this.#response.write(text)) {
      await once(this.#response, 'drain', { signal: this.#signal }).catch(
        error => {
          if (!this.#signal.aborted) {
            throw error;
          }
        },
      );
    }
  }
}
