import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpClient } from '../__testUtils__';
import { serveCommand } from './serveCommand';

describe('serve', () => {
  it('writes a kubeconfig, says where it is, and stops on a signal', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'serve-'));
    const file = join(folder, 'kubeconfig');
    const written: string[] = [];
    const write = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation(text => {
        written.push(String(text));
        return true;
      });
    await serveCommand().parseAsync(
      ['--clusters', 'kista-1,solna', '--kubeconfig', file],
      { from: 'user' },
    );
    write.mockRestore();

    const lines = written.join('').trim().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^kista-1: http:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^solna: http:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^faults: http:.*\/simulator\/faults$/),
      `export KUBECONFIG=${file}`,
    ]);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      kind: 'Config',
      contexts: [{ name: 'kista-1' }, { name: 'solna' }],
    });
    const url = lines[0].replace('kista-1: ', '');
    const client = new HttpClient(url);
    expect(await client.send('/readyz')).toMatchObject({ code: 200 });

    process.emit('SIGTERM', 'SIGTERM');
    await expect(untilRefused(client)).resolves.toMatch(/ECONN|hang up/);
    await client.close();
    await rm(folder, { recursive: true });
  });

  async function untilRefused(client: HttpClient): Promise<string> {
    for (;;) {
      try {
        await client.send('/readyz');
      } catch (error) {
        return String(error);
      }
    }
  }
});
