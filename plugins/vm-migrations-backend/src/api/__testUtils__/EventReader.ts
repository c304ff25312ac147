/** One block of a stream of server-sent events. */
export interface ServerSentEvent {
  id?: string;
  event?: string;
  data?: string;
  retry?: string;
  /** Of a comment. */
  ''?: string;
}

/** Reads a stream of server-sent events block by block. */
export class EventReader {
  readonly response: Response;
  readonly #controller: AbortController;
  readonly #blocks: AsyncGenerator<ServerSentEvent>;

  private constructor(response: Response, controller: AbortController) {
    this.response = response;
    this.#controller = controller;
    this.#blocks = readBlocks(response);
  }

  static async open(
    url: string,
    headers: Record<string, string> = {},
  ): Promise<EventReader> {
    const controller = new AbortController();
    const { signal } = controller;
    return new EventReader(await fetch(url, { headers, signal }), controller);
  }

  /** The next block; undefined when the stream has ended. */
  async next(): Promise<ServerSentEvent | undefined> {
    const { value } = await this.#blocks.next();
    return value;
  }

  /** The next block that is an event with data. */
  async nextEvent(): Promise<ServerSentEvent> {
    for (;;) {
      const block = await this.next();
      if (!block) {
        throw new Error('The stream has ended');
      }
      if (block.data !== undefined) {
        return block;
      }
    }
  }

  close(): void {
    this.#controller.abort();
  }
}

async function* readBlocks(
  response: Response,
): AsyncGenerator<ServerSentEvent, undefined> {
  if (!response.body) {
    throw new Error('The answer has no body');
  }
  let text = '';
  for await (const chunk of response.body.pipeThrough(
    new TextDecoderStream(),
  )) {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      yield Object.fromEntries(
        block.split('\n').map(line => {
          const [, name, value] = /^(\w*): ?(.*)$/.exec(line) ?? [];
          return [name, value];
        }),
      );
    }
  }
  return undefined;
}
