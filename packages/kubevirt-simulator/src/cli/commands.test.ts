import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { HttpClient } from '../__testUtils__';
import { catalogFiles } from '../scenario';
import { catalogCommand } from './catalogCommand';
import { demoCommand } from './demoCommand';
import { loadCommand, parseCount } from './loadCommand';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commands-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** What the command wrote to standard output. */
async function run(command: Command, args: string[]): Promise<string[]> {
  const written: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    written.push(String(text));
    return true;
  });
  await command.parseAsync(args, { from: 'user' });
  write.mockRestore();
  return written.join('').trim().split('\n');
}

async function countItems(line: string, resource: string): Promise<number> {
  const [, url] = line.split(/: (.*)/);
  const client = new HttpClient(url);
  const { body } = await client.send(`/apis/kubevirt.io/v1/${resource}`);
  await client.close();
  const items = Object.entries(Object(body)).find(([key]) => key === 'items');
  return Array.isArray(items?.[1]) ? items[1].length : NaN;
}

it('demo serves five clusters with machines and migrations', async () => {
  const file = join(folder, 'kubeconfig');
  const lines = await run(demoCommand(), ['--kubeconfig', file]);
  expect(lines.map(line => line.split(/[:=]/)[0])).toEqual([
    'kista-1',
    'kista-2',
    'solna-1',
    'sodermalm-1',
    'lulea-1',
    'faults',
    'export KUBECONFIG',
  ]);
  expect(await countItems(lines[0], 'virtualmachines')).toBeGreaterThan(20);
  expect(
    await countItems(lines[0], 'virtualmachineinstancemigrations'),
  ).toBeGreaterThan(0);
  process.emit('SIGTERM', 'SIGTERM');
});

it('load serves as many clusters and machines as it is told', async () => {
  const file = join(folder, 'kubeconfig');
  const lines = await run(loadCommand(), [
    '--clusters=2',
    '--machines=7',
    '--rate=5',
    `--kubeconfig=${file}`,
  ]);
  expect(lines[1]).toMatch(/^load-2: http/);
  expect(await countItems(lines[1], 'virtualmachineinstances')).toBe(7);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    contexts: [{ name: 'load-1' }, { name: 'load-2' }],
  });
  process.emit('SIGTERM', 'SIGTERM');
});

it('catalog writes the files of the demo', async () => {
  await run(catalogCommand(), [join(folder, 'demo')]);
  expect((await readdir(join(folder, 'demo'))).sort()).toEqual(
    [...catalogFiles().keys()].sort(),
  );
});

it('a count is a positive whole number', () => {
  expect(parseCount('3')).toBe(3);
  for (const wrong of ['0', '1.5', 'many']) {
    expect(() => parseCount(wrong)).toThrow(/whole number/);
  }
});
