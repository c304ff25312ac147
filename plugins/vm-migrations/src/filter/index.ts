export { FilterBar } from './FilterBar';
export { useFilter, type Filter } from './useFilter';
