import assert from 'node:assert/strict';
import { ESLint } from 'eslint';
import { before, describe, it } from 'node:test';
import { inRepository } from '../../scripts/lib/repository.mjs';

/*
 * Each rule is shown by a deliberate violation: text that is linted as if it
 * stood in a file of the package, importing a file that is really there.
 */

const RULE = 'import/no-restricted-paths';

function packageLint(packageFolder) {
  const eslint = new ESLint({
    cwd: inRepository(packageFolder),
    overrideConfig: { parserOptions: { sourceType: 'module' } },
  });
  return async (file, imported) => {
    const [result] = await eslint.lintText(`import '${imported}';\n`, {
      filePath: inRepository(packageFolder, file),
    });
    return result.messages
      .filter(message => message.ruleId === RULE)
      .map(message => message.message);
  };
}

describe('imports of the backend plugin', () => {
  let lint;
  before(() => {
    lint = packageLint('plugins/vm-migrations-backend');
  });

  const forbidden = [
    ['src/kubevirt/deliberate.ts', '../tracking/types'],
    ['src/watch/deliberate.ts', '../kubevirt/types'],
    ['src/tracking/deliberate.ts', '../store/types'],
    ['src/clusters/deliberate.ts', '../watch/types'],
    ['src/api/deliberate.ts', '../plugin'],
  ];
  for (const [file, imported] of forbidden) {
    it(`refuses ${imported} in ${file}`, async () => {
      const messages = await lint(file, imported);
      assert.equal(messages.length, 1);
      assert.match(messages[0], /may import/);
    });
  }

  const allowed = [
    ['src/tracking/deliberate.ts', '../kubevirt/types'],
    ['src/store/deliberate.ts', '../tracking/types'],
    ['src/store/deliberate.ts', './types'],
    ['src/plugin.ts', './store/types'],
    ['src/kubevirt/deliberate.test.ts', '../store/types'],
  ];
  for (const [file, imported] of allowed) {
    it(`lets ${file} import ${imported}`, async () => {
      assert.deepEqual(await lint(file, imported), []);
    });
  }
});

describe('imports of the frontend plugin', () => {
  let lint;
  before(() => {
    lint = packageLint('plugins/vm-migrations');
  });

  it('refuses the plugin file in a folder', async () => {
    assert.equal((await lint('src/api/deliberate.ts', '../plugin')).length, 1);
  });

  it('lets a folder import the routes', async () => {
    assert.deepEqual(
      await lint('src/migrations/deliberate.ts', '../routes'),
      [],
    );
  });
});
