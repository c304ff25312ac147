export * from './clock';
export * from './random';
export * from './store';
export * from './replay';
