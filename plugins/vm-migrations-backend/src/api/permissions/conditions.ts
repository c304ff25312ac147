import { createConditionExports } from '@backstage/plugin-permission-node';
import {
  virtualMachineResourceRef,
  vmMigrationResourceRef,
} from 'backstage-plugin-vm-migrations-node';
import { migrationRules, virtualMachineRules } from './rules';

const migrationExports = createConditionExports({
  resourceRef: vmMigrationResourceRef,
  rules: migrationRules,
});

const virtualMachineExports = createConditionExports({
  resourceRef: virtualMachineResourceRef,
  rules: virtualMachineRules,
});

/** Conditions on migrations, for permission policies. @public */
export const vmMigrationConditions = migrationExports.conditions;

/** Decides about migrations by {@link vmMigrationConditions}. @public */
export const createVmMigrationConditionalDecision =
  migrationExports.createConditionalDecision;

/** Conditions on virtual machines, for permission policies. @public */
export const virtualMachineConditions = virtualMachineExports.conditions;

/** Decides about virtual machines by {@link virtualMachineConditions}. @public */
export const createVirtualMachineConditionalDecision =
  virtualMachineExports.createConditionalDecision;
