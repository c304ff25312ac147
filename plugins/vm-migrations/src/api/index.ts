export * from './problem';
export * from './vmMigrationsApiRef';
export * from './withTimeout';
