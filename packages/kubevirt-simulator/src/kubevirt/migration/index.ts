export { effectiveConfiguration, isHandedOff } from './handOff';
export { MigrationController } from './MigrationController';
export { migrationInput } from './migrationInput';
export type { MigrationCause, MigrationInput } from './migrationInput';
