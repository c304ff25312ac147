const {
  importRules,
  importsOnlyEarlier,
} = require('../../tools/eslint/importRules');

// The order in which data flows, from a cluster to an answer.
const mayImport = importsOnlyEarlier([
  'config',
  'clusters',
  'watch',
  'kubevirt',
  'tracking',
  'store',
  'ownership',
  'recording',
  'api',
  'findClusters.ts',
  'plugin.ts',
  'index.ts',
]);

module.exports = require('@backstage/cli/config/eslint-factory')(
  __dirname,
  importRules(__dirname, mayImport),
);
