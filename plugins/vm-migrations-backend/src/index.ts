export { vmMigrationsPlugin as default } from './plugin';
