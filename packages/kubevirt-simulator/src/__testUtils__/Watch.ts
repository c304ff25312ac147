import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

const eventSchema = z.object({
  type: z.string(),
  object: z.looseObject({
    metadata: z.looseObject({
      name: z.string().optional(),
      resourceVersion: z.string().optional(),
    }),
  }),
});

export type WatchEvent = z.infer<typeof eventSchema>;

/** The lines of a watch as they come. */
export class Watch {
  readonly code: number;
  readonly #response: IncomingMessage;
  readonly #lines: AsyncGenerator<string>;
  #isBroken = false;

  constructor(response: IncomingMessage) {
    this.code = response.statusCode ?? 0;
    this.#response = response;
    this.#lines = this.#split();
  }

  /** Whether the connection broke, as opposed to an end in order. Known once the lines end. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** The next line, the last one possibly cut short; undefined at the end. */
  async line(): Promise<string | undefined> {
    const { value, done } = await this.#lines.next();
    return done ? undefined : value;
  }

  async event(): Promise<WatchEvent> {
    const line = await this.line();
    if (line === undefined) throw new Error('The watch has ended');
    return eventSchema.parse(JSON.parse(line));
  }

  /** The next events as `TYPE name resourceVersion`. */
  async summaries(count: number): Promise<string[]> {
    const summaries: string[] = [];
    for (let index = 0; index < count; index++) {
      const { type, object } = await this.event();
      const { name = '-', resourceVersion } = object.metadata;
      summaries.push(`${type} ${name} ${resourceVersion}`);
    }
    return summaries;
  }

  close(): void {
    this.#response.destroy();
  }

  async *#split(): AsyncGenerator<string> {
    let rest = '';
    this.#response.setEncoding('utf8');
    try {
      for await (const chunk of this.#response) {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        yield* lines;
      }
    } catch {
      this.#isBroken = true;
    }
    if (rest !== '') yield rest;
  }
}
