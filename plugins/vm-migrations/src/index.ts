/**
 * VM migrations in the developer portal: the page at /vm-migrations.
 *
 * @packageDocumentation
 */
export { vmMigrationsApiRef } from './api';
export { vmMigrationsPlugin as default } from './plugin';
export { vmMigrationsTranslationRef } from './translations';
