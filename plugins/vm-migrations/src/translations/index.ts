export * from './vmMigrationsTranslationRef';
