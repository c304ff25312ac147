export { guestOf } from './guests';
export type { GuestName } from './guests';
export { instanceInput } from './instanceInput';
export type { InstanceInput } from './instanceInput';
export { MachineController } from './MachineController';
export { machineInput } from './machineInput';
export type { MachineInput, VirtualMachineSpec } from './machineInput';
export { runStrategyOf } from './planMachine';
export { receiverInput } from './receiverInput';
