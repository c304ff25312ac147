export * from './readSequence';
