import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { catalogFiles } from '../scenario';

/** `catalog`: the demo's catalog entities as files. */
export function catalogCommand(): Command {
  return new Command('catalog')
    .description('Write the catalog entities of the demo')
    .argument('<folder>', 'where to write them')
    .action(writeCatalog);
}

async function writeCatalog(folder: string): Promise<void> {
  await mkdir(resolve(folder), { recursive: true });
  for (const [name, text] of catalogFiles()) {
    await writeFile(join(resolve(folder), name), text);
  }
}
