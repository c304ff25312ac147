export { effectiveConfiguration, isHandedOff } from './handOff';
export { clearMarks, isMarked, markInstance } from './instanceMarks';
export { MigrationController } from './MigrationController';
export { migrationInput } from './migrationInput';
export type { MigrationCause, MigrationInput } from './migrationInput';
