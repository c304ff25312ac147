module.exports = {
  root: true,
  overrides: [
    {
      // Packages have their own configuration, by role.
      files: ['scripts/**', 'tools/**'],
      extends: ['eslint:recommended', 'prettier'],
      env: { node: true, es2024: true },
      parserOptions: { ecmaVersion: 2022 },
    },
    {
      files: ['**/*.mjs'],
      parserOptions: { sourceType: 'module' },
    },
  ],
};
