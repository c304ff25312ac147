/**
 * What modules of the vm-migrations backend plugin use: further sources of clusters, and
 * the reference to the permission resource.
 *
 * @packageDocumentation
 */
export * from './clusters';
export * from './permissionResources';
