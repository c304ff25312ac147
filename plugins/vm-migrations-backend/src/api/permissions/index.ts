export { Authorizer } from './Authorizer';
export * from './conditions';
export { hideMigrations } from './hideMigrations';
export { registerPermissions } from './registerPermissions';
export {
  isMigrationVisible,
  isVirtualMachineVisible,
  type Visibility,
} from './visible';
