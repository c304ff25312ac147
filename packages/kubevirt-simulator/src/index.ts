export * from './apiserver';
export * from './clock';
export * from './faults';
export * from './kubevirt';
export * from './random';
export * from './replay';
export * from './serving';
export * from './store';
