export { openApiDocument } from './openApiDocument';
export * from './queries';
export { requestValidation } from './requestValidation';
