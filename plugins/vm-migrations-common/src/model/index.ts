export * from './Change';
export * from './Cluster';
export * from './isoTime';
export * from './lists';
export * from './Migration';
export * from './Outcome';
export * from './Phase';
export * from './VirtualMachine';
