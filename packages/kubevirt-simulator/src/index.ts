export * from './apiserver';
export * from './clock';
export * from './faults';
export * from './random';
export * from './replay';
export * from './store';
