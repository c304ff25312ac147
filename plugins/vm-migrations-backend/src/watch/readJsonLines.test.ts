import fc from 'fast-check';
import { readJsonLines } from './readJsonLines';

async function* chunks(...data: (string | Uint8Array)[]) {
  for (const chunk of data) {
    yield Buffer.from(chunk);
  }
}

async function read(
  body: AsyncIterable<Uint8Array>,
  maxLineBytes = 1_000_000,
): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of readJsonLines(body, maxLineBytes)) {
    values.push(value);
  }
  return values;
}

describe('readJsonLines', () => {
  it('gives what was written, wherever the chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        fc.array(fc.nat()),
        fc.boolean(),
        async (values, cuts, lastLineFeed) => {
          const lines = values.map(value => JSON.stringify(value)).join('\n');
          const bytes = Buffer.from(
            lastLineFeed && values.length > 0 ? `${lines}\n` : lines,
          );
          const ends = [
            ...cuts.map(cut => cut % (bytes.length + 1)),
            bytes.length,
          ].sort((a, b) => a - b);
          const pieces = ends.map((end, index) =>
            bytes.subarray(ends[index - 1] ?? 0, end),
          );

          expect(await read(chunks(...pieces))).toEqual(
            values.map(value => JSON.parse(JSON.stringify(value))),
          );
        },
      ),
    );
  });

  it('keeps characters whole that chunks cut apart', async () => {
    const bytes = Buffer.from('{"name":"Luleå 🌲"}\n');
    const single = [...bytes].map(byte => Buffer.from([byte]));

    expect(await read(chunks(...single))).toEqual([{ name: 'Luleå 🌲' }]);
  });

  it('skips empty lines', async () => {
    expect(await read(chunks('1\n\n', '\r\n', ' \n2\n'))).toEqual([1, 2]);
  });

  it('refuses a line that is no JSON', async () => {
    await expect(read(chunks('1\n{"a":\n2\n'))).rejects.toMatchObject({
      name: 'ProtocolError',
      message: 'A line of the watch is no JSON',
    });
  });

  it('says that the connection broke when the last line is not complete', async () => {
    await expect(read(chunks('1\n{"a":'))).rejects.toMatchObject({
      name: 'ConnectionError',
      message: 'The connection broke within an event',
    });
  });

  it.each([
    ['within one chunk', ['"1234567"\n']],
    ['over many chunks', ['"123', '4567"']],
    ['after other lines of its chunk', ['1\n2\n"1234567"\n']],
  ])('refuses a line over the limit %s', async (_, data) => {
    await expect(read(chunks(...data), 8)).rejects.toMatchObject({
      name: 'ProtocolError',
      message: 'A line of the watch is longer than 8 bytes',
    });
  });

  it('accepts lines of exactly the limit', async () => {
    expect(await read(chunks('"123456"\n"12', '3456"\n'), 8)).toEqual([
      '123456',
      '123456',
    ]);
  });

  it('does not wait for the end of an overlong line', async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1;
        yield Buffer.alloc(10, 0x78);
      }
    }

    await expect(read(endless(), 100)).rejects.toThrow('longer than 100 bytes');
    expect(given).toBe(11);
  });
});
