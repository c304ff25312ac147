export * from './hooks';
export type { Connection } from './LiveFeed';
export { LiveMigrations } from './LiveMigrations';
export { liveMigrationsApiRef } from './liveMigrationsApiRef';
export { LiveProvider } from './LiveProvider';
