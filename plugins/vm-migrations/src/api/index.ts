export * from './problem';
export * from './vmMigrationsApiRef';
