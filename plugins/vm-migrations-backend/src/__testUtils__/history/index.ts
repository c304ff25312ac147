export * from './generatedHistories';
export * from './History';
export * from './HistoryCluster';
export * from './HistoryInstance';
export * from './HistoryMigration';
export * from './HistoryPair';
export * from './records';
