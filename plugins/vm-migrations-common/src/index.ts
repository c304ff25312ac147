/**
 * What the backend, the frontend and scripts share: the record of a migration, KubeVirt's
 * phases, the filter language, permissions and the API client. No I/O of its own.
 *
 * @packageDocumentation
 */
export * from './client';
export * from './doorbell';
export * from './filter';
export * from './model';
export * from './permissions';
