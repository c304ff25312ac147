export { closeServer, listen } from './server';
