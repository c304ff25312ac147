export type { Random } from './Random';
export { SeededRandom } from './SeededRandom';
export { nameSuffix, uuid } from './identifiers';
