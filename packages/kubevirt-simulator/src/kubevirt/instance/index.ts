export { InstanceController } from './InstanceController';
export { InstanceHeartbeat } from './InstanceHeartbeat';
export { settledInstance } from './settledInstance';
