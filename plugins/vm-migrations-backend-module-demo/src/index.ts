export { vmMigrationsDemoModule as default } from './module';
