export * from './conditions';
export { keyOf } from './keys';
export { enteredPhases } from './enteredPhases';
export { kubernetesTime } from './kubernetesTime';
export type { Condition, PhaseTransitionTimestamp } from './metadata';
export type { MigrationState, PeerState } from './MigrationState';
export {
  ANNOTATIONS,
  API_VERSION,
  FINALIZERS,
  INSTANCE_CONDITIONS,
  LABELS,
  MIGRATION_CONDITIONS,
  RESOURCES,
} from './names';
export { virtualMachineSchema } from './VirtualMachine';
export type { VirtualMachine } from './VirtualMachine';
export {
  isInstanceFinal,
  virtualMachineInstanceSchema,
} from './VirtualMachineInstance';
export type {
  VirtualMachineInstance,
  VirtualMachineInstanceSpec,
} from './VirtualMachineInstance';
export {
  isFinal,
  migrationIdOf,
  phaseOf,
  roleOf,
  virtualMachineInstanceMigrationSchema,
} from './VirtualMachineInstanceMigration';
export type {
  MigrationRole,
  VirtualMachineInstanceMigration,
} from './VirtualMachineInstanceMigration';
