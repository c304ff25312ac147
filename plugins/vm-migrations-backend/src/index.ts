/**
 * Watches KubeVirt clusters, keeps one record per VM migration and serves it by REST. For
 * permission policies it gives the conditions that migrations and machines can be decided by.
 *
 * @packageDocumentation
 */
export {
  createVirtualMachineConditionalDecision,
  createVmMigrationConditionalDecision,
  virtualMachineConditions,
  vmMigrationConditions,
} from './api';
export { vmMigrationsPlugin as default } from './plugin';
