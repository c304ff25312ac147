const fs = require('node:fs');
const path = require('node:path');

const TESTS = [
  '**/*.test.ts',
  '**/*.test.tsx',
  'src/setupTests.ts',
  '**/__testUtils__/**',
  '**/__fixtures__/**',
];

/** Files and folders directly below src that hold code of the product. */
function sourceNames(source) {
  return fs
    .readdirSync(source)
    .filter(
      name =>
        !name.startsWith('__') &&
        !name.startsWith('setupTests.') &&
        !/\.test\.tsx?$/.test(name),
    );
}

/**
 * ESLint configuration that holds who may import whom below `src`.
 *
 * `mayImport` names each file and folder directly below `src` and lists the
 * others that it imports. Tests import what they like.
 *
 * @example
 * importRules(__dirname, { model: [], store: ['model'], 'plugin.ts': ['model', 'store'] })
 */
function importRules(packageFolder, mayImport) {
  const source = path.join(packageFolder, 'src');
  const zones = [];
  const names = new Set([...Object.keys(mayImport), ...sourceNames(source)]);
  for (const name of names) {
    // What has no place yet imports nothing and is imported by nobody.
    const allowed = mayImport[name] ?? [];
    zones.push({
      target: path.join(source, name),
      from: source,
      except: [...new Set([name, ...allowed])].map(other => `./${other}`),
      message: `${name} may import ${
        allowed.length > 0 ? allowed.join(', ') : 'nothing else below src'
      } (.eslintrc.js).`,
    });
  }
  return {
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
    },
    rules: { 'import/no-restricted-paths': ['error', { zones }] },
    overrides: [
      { files: TESTS, rules: { 'import/no-restricted-paths': 'off' } },
    ],
  };
}

/**
 * The rules of a list in which everything imports only what stands before it.
 */
function importsOnlyEarlier(names) {
  return Object.fromEntries(
    names.map((name, index) => [name, names.slice(0, index)]),
  );
}

module.exports = { importRules, importsOnlyEarlier };
