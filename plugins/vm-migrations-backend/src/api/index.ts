export { ChangeNotifier, Doorbell } from './changes';
export { createRouter, type RouterOptions } from './createRouter';
export {
  createVirtualMachineConditionalDecision,
  createVmMigrationConditionalDecision,
  virtualMachineConditions,
  vmMigrationConditions,
} from './permissions';
