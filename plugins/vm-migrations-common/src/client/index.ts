export { UnexpectedAnswerError } from './UnexpectedAnswerError';
export * from './VmMigrationsApi';
export { VmMigrationsClient } from './VmMigrationsClient';
