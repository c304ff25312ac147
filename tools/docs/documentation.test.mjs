import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { inRepository } from '../../scripts/lib/repository.mjs';

const NOT_OURS = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

async function* markdownFiles(folder) {
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!NOT_OURS.has(entry.name) && !entry.name.startsWith('.')) {
        yield* markdownFiles(file);
      }
    } else if (entry.name.endsWith('.md')) {
      yield file;
    }
  }
}

async function brokenLinks(file) {
  const text = await fs.readFile(file, 'utf8');
  const broken = [];
  for (const [, target] of text.matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g)) {
    const isElsewhere = /^[a-z]+:/.test(target);
    const linked = path.resolve(path.dirname(file), target);
    if (!isElsewhere && !(await isThere(linked))) {
      broken.push(target);
    }
  }
  return broken;
}

function isThere(file) {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}

describe('the documentation', () => {
  it('links to files that are there', async () => {
    for await (const file of markdownFiles(inRepository())) {
      assert.deepEqual(
        await brokenLinks(file),
        [],
        `broken links in ${path.relative(inRepository(), file)}`,
      );
    }
  });

  it('has a README in every package', async () => {
    const without = [];
    for (const folder of ['packages', 'plugins']) {
      for (const name of await fs.readdir(inRepository(folder))) {
        if (!(await isThere(inRepository(folder, name, 'README.md')))) {
          without.push(`${folder}/${name}`);
        }
      }
    }
    assert.deepEqual(without, []);
  });
});
