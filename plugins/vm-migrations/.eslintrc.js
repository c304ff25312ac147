const {
  importRules,
  importsOnlyEarlier,
} = require('../../tools/eslint/importRules');

// From data to pixels. Features know what all of them need, never each other;
// the doors know everything.
const data = ['translations', 'routes.ts', 'logic', 'api', 'live'];
const shared = [...data, 'shared', 'filter'];
const features = [
  'map',
  'migrations',
  'virtualMachines',
  'clusters',
  'entity',
  'home',
];
const doors = ['plugin.tsx', 'legacy.ts', 'index.ts'];

const mayImport = {
  ...importsOnlyEarlier(shared),
  ...Object.fromEntries(features.map(name => [name, shared])),
  ...Object.fromEntries(
    doors.map(name => [name, [...shared, ...features, ...doors]]),
  ),
};

module.exports = require('@backstage/cli/config/eslint-factory')(
  __dirname,
  importRules(__dirname, mayImport),
);
