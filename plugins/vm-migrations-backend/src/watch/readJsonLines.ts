import { ConnectionError } from '../clusters';
import { ProtocolError } from './watchErrors';

const LINE_FEED = 0x0a;

function decode(pieces: Uint8Array[], bytes: number): string {
  const line = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, bytes);
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString();
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new ProtocolError('A line of the watch is no JSON');
  }
}

/**
 * Splits a stream into lines and parses each as JSON. Lines are found in the bytes, so a
 * chunk may end anywhere, also within a character.
 *
 * @param maxLineBytes what a line may have at most
 * @throws ProtocolError when a line is longer or no JSON
 * @throws ConnectionError when the stream ends within a line
 */
export async function* readJsonLines(
  body: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<unknown, void, void> {
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  const add = (piece: Uint8Array) => {
    bytes += piece.length;
    if (bytes > maxLineBytes) {
      throw new ProtocolError(
        `A line of the watch is longer than ${maxLineBytes} bytes`,
      );
    }
    pieces.push(piece);
  };

  for await (const chunk of body) {
    let start = 0;
    let end = chunk.indexOf(LINE_FEED);
    while (end !== -1) {
      add(chunk.subarray(start, end));
      const line = decode(pieces, bytes);
      pieces = [];
      bytes = 0;
      if (line.trim() !== '') {
        yield parse(line);
      }
      start = end + 1;
      end = chunk.indexOf(LINE_FEED, start);
    }
    if (start < chunk.length) {
      add(chunk.subarray(start));
    }
  }

  if (bytes > 0) {
    const rest = decode(pieces, bytes);
    let value: unknown;
    try {
      value = JSON.parse(rest);
    } catch {
      throw new ConnectionError('The connection broke within an event');
    }
    yield value;
  }
}
